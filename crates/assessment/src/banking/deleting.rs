use kernel::{AuditRecord, BankId, CourseId, Live, Result, Tx};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait};
use serde_json::Value;

use super::now;
use crate::{
    BankRow,
    authoring::{Edited, open_bank},
    question_bank::{Column, Entity},
    quiz, quiz_draw,
    rules::BANK_IN_USE,
};

/// Deletes a bank that no quiz draws from. Versions that were published with its questions keep them.
pub async fn delete_bank(tx: &mut Tx, id: BankId, expected: Option<i32>) -> Result<(CourseId, Edited<BankRow>)> {
    let (permit, bank) = open_bank(tx, id).await?;
    let row = now(tx, id).await?;
    if expected.is_some_and(|expected| expected != bank.version) {
        return Ok((bank.course_id, Edited::Stale(row)));
    }
    let quizzes = quiz::Entity::live().filter(quiz::Column::CourseId.eq(bank.course_id));
    let quizzes = quizzes.select_only().column(quiz::Column::Id).into_query();
    let draws = quiz_draw::Entity::live().filter(quiz_draw::Column::BankId.eq(id));
    // Whoever adds a draw waits for the course, which is locked here.
    if draws.filter(quiz_draw::Column::QuizId.in_subquery(quizzes)).count(&tx.conn).await? > 0 {
        return Err(BANK_IN_USE.at("id").into());
    }
    tx.delete_where::<_, _, Entity>(&permit, Column::Id.eq(id)).await?;
    tx.record(AuditRecord::new("question_bank.deleted", id).change("name", bank.name, Value::Null)).await?;
    Ok((bank.course_id, Edited::Done(row)))
}
