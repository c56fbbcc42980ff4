use courses::bump;
use kernel::{AuditRecord, CourseId, Event, Live, QuizId, Result, Tx};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};
use serde_json::Value;

use super::{Edited, home::open_quiz, now};
use crate::{
    AttemptStatus, QuizRow,
    attempting::hand_in_of_quiz,
    quiz::{Column, Entity},
    quiz_attempt,
    rules::QUIZ_HAS_ATTEMPTS,
};

/// Deletes a quiz, one that somebody has sat only by force. Learners find it no more, and what is open is handed in; its
/// questions, versions and attempts stay with it, so that who grades there still reads what came of it. What somebody has
/// completed stays so.
pub async fn delete_quiz(
    tx: &mut Tx,
    id: QuizId,
    expected: Option<i32>,
    force: bool,
) -> Result<(CourseId, Edited<QuizRow>)> {
    let (permit, quiz) = open_quiz(tx, id).await?;
    let row = now(tx, id).await?;
    if expected.is_some_and(|expected| expected != quiz.version) {
        return Ok((quiz.course_id, Edited::Stale(row)));
    }
    let attempts = attempts(tx, id, None).await?;
    if attempts > 0 && !force {
        return Err(QUIZ_HAS_ATTEMPTS.with("id", told(tx, id, attempts).await?).into());
    }
    tx.delete_where::<_, _, Entity>(&permit, Column::Id.eq(id)).await?;
    bump(tx, &permit, quiz.course_id).await?;
    tx.emit(Event::CourseAsksLess { course: quiz.course_id });
    hand_in_of_quiz(tx, id).await?;
    let record = AuditRecord::new("quiz.deleted", id).change("title", quiz.title, Value::Null);
    tx.record(record.with("attempts", attempts)).await?;
    Ok((quiz.course_id, Edited::Done(row)))
}

async fn attempts(tx: &Tx, quiz: QuizId, status: Option<AttemptStatus>) -> Result<u64> {
    use quiz_attempt::{Column, Entity};
    let all = Entity::live().filter(Column::QuizId.eq(quiz));
    let some = match status {
        Some(status) => all.filter(Column::Status.eq(status)),
        None => all,
    };
    Ok(some.count(&tx.conn).await?)
}

/// What would be lost: nobody can go on with what is open, nor grade what waits.
async fn told(tx: &Tx, quiz: QuizId, all: u64) -> Result<String> {
    let open = attempts(tx, quiz, Some(AttemptStatus::InProgress)).await?;
    let waiting = attempts(tx, quiz, Some(AttemptStatus::Submitted)).await?;
    Ok(format!(
        "Attempts at the quiz: {all}, of which under way: {open}, waiting to be graded: {waiting}. Unpublish it, and learners \
         find it no more; or say `force`, which hands in what is under way and leaves what waits ungraded."
    ))
}
