use std::collections::BTreeSet;

use kernel::{Error, Live, QuestionId, RegradeId, Result, Tx};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};

use super::{
    Change, Regraded,
    applying::{apply, open},
};
use crate::{
    quiz_regrade::{Column, Entity, Model},
    rules::{REGRADE_IS_UNDO, REGRADE_REASON_INVALID, REGRADE_STOOD_ON, REGRADE_UNDONE},
    wording::{clean, is_text},
};

/// Takes a regrade back by another one: attempts come to what they would have come to without it. What people have graded since
/// stays. Not while a later regrade of the same question stands on it: that one goes first.
pub async fn undo_regrade(tx: &mut Tx, id: RegradeId, reason: &str) -> Result<Regraded> {
    let find = || Entity::visible_to(&tx.viewer).filter(Column::Id.eq(id));
    let found = find().one(&tx.conn).await?.ok_or(Error::NotFound)?;
    let (permit, quiz) = open(tx, found.quiz_id).await?;
    let reason = clean(reason);
    if !is_text(&reason, 2_000) {
        return Err(REGRADE_REASON_INVALID.at("reason").into());
    }
    let all = Entity::live().filter(Column::QuizId.eq(quiz.id)).order_by_asc(Column::Number).all(&tx.conn).await?;
    check(&all, &found)?;
    apply(tx, &permit, &quiz, (vec![], reason, Some(id))).await
}

fn check(all: &[Model], found: &Model) -> Result<()> {
    if found.undoes_id.is_some() {
        return Err(REGRADE_IS_UNDO.at("regradeId").into());
    }
    let undone: BTreeSet<RegradeId> = all.iter().filter_map(|row| row.undoes_id).collect();
    if undone.contains(&found.id) {
        return Err(REGRADE_UNDONE.at("regradeId").into());
    }
    let questions = questions_of(found)?;
    for later in all.iter().filter(|row| row.number > found.number && !undone.contains(&row.id)) {
        if !questions.is_disjoint(&questions_of(later)?) {
            return Err(REGRADE_STOOD_ON.at("regradeId").into());
        }
    }
    Ok(())
}

fn questions_of(row: &Model) -> Result<BTreeSet<QuestionId>> {
    Ok(Change::read(&row.changes)?.into_iter().map(|change| change.question).collect())
}
