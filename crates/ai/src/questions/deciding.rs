use courses::{Edit, Taught};
use kernel::{AuditRecord, CourseId, EntityId, Error, Live, Permit, QuestionId, QuestionSuggestionId, Result, Tx};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, sea_query::Expr};

use super::{Draft, SuggestionRow};
use crate::{
    SuggestionStatus,
    question_suggestion::{Column, Entity},
    rules::SUGGESTION_DECIDED,
};

/// Takes a suggestion; `add` makes a question of it, in the same transaction.
pub async fn accept(
    tx: &mut Tx,
    id: QuestionSuggestionId,
    add: impl AsyncFnOnce(&mut Tx, CourseId, Draft) -> Result<QuestionId>,
) -> Result<SuggestionRow> {
    let (permit, row) = decide(tx, id, SuggestionStatus::Accepted).await?;
    let unreadable = || Error::Internal(format!("the suggestion {id:?} can't be read"));
    let draft = Draft {
        text: row.question_text.clone(),
        content: row.content().ok_or_else(unreadable)?,
        explanation: row.explanation.clone(),
        passage: 0,
        quote: None,
    };
    let question = add(tx, row.course_id, draft).await?;
    let became = vec![(Column::QuestionId, Expr::val(question))];
    tx.change_where::<_, _, Entity>(&permit, Column::Id.eq(id), became).await?;
    let record = AuditRecord::new("question_suggestion.accepted", id).with("questionId", question.to_wire());
    tx.record(record).await?;
    now(tx, id).await
}

/// Puts a suggestion aside.
pub async fn reject(tx: &mut Tx, id: QuestionSuggestionId) -> Result<SuggestionRow> {
    decide(tx, id, SuggestionStatus::Rejected).await?;
    tx.record(AuditRecord::new("question_suggestion.rejected", id)).await?;
    now(tx, id).await
}

/// The database decides who comes first.
async fn decide(
    tx: &Tx,
    id: QuestionSuggestionId,
    status: SuggestionStatus,
) -> Result<(Permit<Edit, Taught>, SuggestionRow)> {
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(id)).one(&tx.conn).await?.ok_or(Error::NotFound)?;
    let permit = courses::edit(tx, found.course_id).await?;
    let open = Column::Id.eq(id).and(Column::Status.eq(SuggestionStatus::Pending));
    let decided = vec![(Column::Status, Expr::val(status)), (Column::DecidedAt, Expr::val(tx.now))];
    if tx.change_where::<_, _, Entity>(&permit, open, decided).await? == 0 {
        return Err(SUGGESTION_DECIDED.at("id").into());
    }
    Ok((permit, now(tx, id).await?))
}

async fn now(tx: &Tx, id: QuestionSuggestionId) -> Result<SuggestionRow> {
    let found = Entity::live().filter(Column::Id.eq(id)).into_partial_model();
    found.one(&tx.conn).await?.ok_or(Error::NotFound)
}
