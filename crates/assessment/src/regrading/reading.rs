//! Batched reads: what grading lays over versions, and what loaders ask for.

use std::collections::{BTreeSet, HashMap};

use kernel::{AttemptId, Live, QuizId, RegradeId, Result, Scalar, Sort, Viewer, by_keys, dialect, lists_of};
use sea_orm::{ConnectionTrait, QueryFilter, QueryOrder};

use super::{Change, RegradeRow, RegradedAttemptRow};
use crate::{
    quiz_regrade::{self, Column, Entity},
    regraded_attempt,
};

/// What regrades lay over the versions of each quiz, the earliest first: of those that nobody has taken back.
pub(crate) async fn changes_of(db: &impl ConnectionTrait, quizzes: &[QuizId]) -> Result<HashMap<QuizId, Vec<Change>>> {
    let which = dialect::any_of(db.get_database_backend(), (Entity, Column::QuizId), quizzes);
    let rows = Entity::live().filter(which).order_by_asc(Column::Number).all(db).await?;
    let undone: BTreeSet<RegradeId> = rows.iter().filter_map(|row| row.undoes_id).collect();
    let mut changes: HashMap<QuizId, Vec<Change>> = HashMap::new();
    for row in rows.iter().filter(|row| !undone.contains(&row.id)) {
        changes.entry(row.quiz_id).or_default().extend(Change::read(&row.changes)?);
    }
    Ok(changes)
}

/// Regrades by id.
pub async fn regrades(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[RegradeId],
) -> Result<HashMap<RegradeId, RegradeRow>> {
    by_keys(db, Entity::visible_to(viewer), Column::Id, ids, |row: &RegradeRow| row.id).await
}

/// By what each of these was taken back.
pub async fn undone_by(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[RegradeId],
) -> Result<HashMap<RegradeId, RegradeRow>> {
    let taken = |row: &RegradeRow| row.undoes_id.unwrap_or(row.id);
    by_keys(db, Entity::visible_to(viewer), Column::UndoesId, ids, taken).await
}

/// What regrades made of each attempt, the earliest first, with why.
pub async fn regrades_of_attempts(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    attempts: &[AttemptId],
) -> Result<HashMap<AttemptId, Vec<(RegradedAttemptRow, String)>>> {
    use regraded_attempt::{Column as Of, Entity as Regraded};
    let of = (Of::AttemptId, (|row| row.attempt_id) as fn(&RegradedAttemptRow) -> AttemptId);
    let rows = lists_of(db, Regraded::visible_to(viewer), of, attempts, &[Of::CreatedAt, Of::Id]).await?;
    let ids: Vec<RegradeId> = rows.values().flatten().map(|row| row.regrade_id).collect();
    // Who sat the attempt reads the reason, and nothing else of the regrade.
    let which = dialect::any_of(db.get_database_backend(), (Entity, Column::Id), &ids);
    let reasons = Entity::live().filter(which).all(db).await?.into_iter();
    let reasons: HashMap<RegradeId, String> = reasons.map(|row| (row.id, row.reason)).collect();
    let why = |row: RegradedAttemptRow| {
        let reason = reasons.get(&row.regrade_id).cloned().unwrap_or_default();
        (row, reason)
    };
    Ok(rows.into_iter().map(|(attempt, rows)| (attempt, rows.into_iter().map(why).collect())).collect())
}

fn latest() -> Sort<Entity, RegradeRow> {
    Sort::<_, RegradeRow>::descending("number")
        .by(Column::Number, |row| Scalar::Int(row.number.into()))
        .by(Column::Id, |row| Scalar::Id(row.id.0))
}

fn in_order() -> Sort<regraded_attempt::Entity, RegradedAttemptRow> {
    Sort::<_, RegradedAttemptRow>::ascending("attempt")
        .by(regraded_attempt::Column::AttemptId, |row| Scalar::Id(row.attempt_id.0))
        .by(regraded_attempt::Column::Id, |row| Scalar::Id(row.id.0))
}

kernel::edges! {
    /// The regrades of quizzes, the latest first.
    regrades_of_quizzes, count_regrades_of_quizzes: RegradeRow => QuizId, quiz_regrade::Entity, QuizId, |row| row.quiz_id, latest;
    /// What regrades made of attempts.
    attempts_of_regrades, count_attempts_of_regrades: RegradedAttemptRow => RegradeId, regraded_attempt::Entity, RegradeId, |row| row.regrade_id, in_order;
}
