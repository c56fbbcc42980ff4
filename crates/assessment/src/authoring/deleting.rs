use courses::bump;
use kernel::{AuditRecord, CourseId, Event, QuizId, Result, Tx};
use sea_orm::ColumnTrait;
use serde_json::Value;

use super::{Edited, home::open_quiz, now};
use crate::{
    QuizRow,
    quiz::{Column, Entity},
};

/// Deletes a quiz. Its questions, versions and attempts stay with it, unseen; grades that it gave stay what they are.
pub async fn delete_quiz(tx: &mut Tx, id: QuizId, expected: Option<i32>) -> Result<(CourseId, Edited<QuizRow>)> {
    let (permit, quiz) = open_quiz(tx, id).await?;
    let row = now(tx, id).await?;
    if expected.is_some_and(|expected| expected != quiz.version) {
        return Ok((quiz.course_id, Edited::Stale(row)));
    }
    tx.delete_where::<_, _, Entity>(&permit, Column::Id.eq(id)).await?;
    bump(tx, &permit, quiz.course_id).await?;
    tx.emit(Event::CourseAsksLess { course: quiz.course_id });
    tx.record(AuditRecord::new("quiz.deleted", id).change("title", quiz.title, Value::Null)).await?;
    Ok((quiz.course_id, Edited::Done(row)))
}
