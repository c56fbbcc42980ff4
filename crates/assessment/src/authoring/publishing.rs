use courses::bump;
use kernel::{AuditRecord, Error, Event, QuizId, Result, Tx};
use sea_orm::{ColumnTrait, sea_query::Expr};

use super::{Edited, home::open_quiz, now, readiness::blockers};
use crate::{
    QuizRow,
    quiz::{Column, Entity},
    rules::QUIZ_NOT_PUBLISHED,
    versions::{freeze, items},
};

/// Lets learners find the quiz as it is now, and freezes that. What was published and has changed since is published anew:
/// attempts that have begun go on with the version they were begun with.
pub async fn publish_quiz(tx: &mut Tx, id: QuizId, expected: Option<i32>) -> Result<Edited<QuizRow>> {
    let (permit, quiz) = open_quiz(tx, id).await?;
    if expected.is_some_and(|expected| expected != quiz.version) {
        return Ok(Edited::Stale(now(tx, id).await?));
    }
    let items = items(&tx.conn, id).await?;
    let blockers = blockers(&quiz, &items, tx.now);
    if !blockers.is_empty() {
        return Err(Error::Broken(blockers));
    }
    let frozen = freeze(tx, &permit, &quiz, items).await?;
    if !quiz.is_published {
        let sets = vec![(Column::IsPublished, Expr::val(true)), (Column::Version, Expr::val(quiz.version + 1))];
        tx.change_where::<_, _, Entity>(&permit, Column::Id.eq(id), sets).await?;
        bump(tx, &permit, quiz.course_id).await?;
    }
    let record = AuditRecord::new("quiz.published", id).with("number", frozen.number);
    tx.record(record.change("isPublished", quiz.is_published, true)).await?;
    Ok(Edited::Done(now(tx, id).await?))
}

/// Takes the quiz away from learners. Attempts that have begun can be finished.
pub async fn unpublish_quiz(tx: &mut Tx, id: QuizId, expected: Option<i32>) -> Result<Edited<QuizRow>> {
    let (permit, quiz) = open_quiz(tx, id).await?;
    if expected.is_some_and(|expected| expected != quiz.version) {
        return Ok(Edited::Stale(now(tx, id).await?));
    }
    if !quiz.is_published {
        return Err(QUIZ_NOT_PUBLISHED.at("id").into());
    }
    let sets = vec![(Column::IsPublished, Expr::val(false)), (Column::Version, Expr::val(quiz.version + 1))];
    tx.change_where::<_, _, Entity>(&permit, Column::Id.eq(id), sets).await?;
    bump(tx, &permit, quiz.course_id).await?;
    tx.emit(Event::CourseAsksLess { course: quiz.course_id });
    tx.record(AuditRecord::new("quiz.unpublished", id).change("isPublished", true, false)).await?;
    Ok(Edited::Done(now(tx, id).await?))
}
