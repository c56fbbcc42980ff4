//! What people say to what was handed in: they take an answer from the queue, give points, and let learners know. What a person
//! has said no program changes.

mod claiming;
mod grading;
mod overriding;
mod queue;
mod releasing;
mod standing;

pub use claiming::{claim_submission, claims_of_answers, unclaim_submission};
pub use grading::{HandGrade, grade_answer};
pub use overriding::{ScoreOverride, override_score, overrides_of_attempts};
pub use queue::{count_queue, grading_queue};
pub use releasing::{Released, release_grades};

use courses::{Taught, look};
use kernel::{AnswerId, Error, Live, Permit, QuizId, Result, Tx, allow};
use sea_orm::{ColumnTrait, QueryFilter};

use crate::{
    AnswerRow, AttemptStatus,
    attempting::{Lock, locked},
    policy::Grade,
    quiz, quiz_answer, quiz_attempt,
    rules::ATTEMPT_OPEN,
};

/// The course of the quiz, if the viewer may grade there.
pub(crate) async fn graded(tx: &Tx, id: QuizId) -> Result<Permit<Grade, Taught>> {
    let found = quiz::Entity::visible_to(&tx.viewer).filter(quiz::Column::Id.eq(id)).one(&tx.conn).await?;
    let course = found.ok_or(Error::NotFound)?.course_id;
    allow::<Grade, _>(&tx.viewer, look(&tx.conn, &tx.viewer, course).await?)
}

/// An answer that was handed in, if the viewer may grade it. Its attempt is locked until the transaction ends.
async fn handed_in(tx: &Tx, id: AnswerId) -> Result<(Permit<Grade, Taught>, quiz_attempt::Model, AnswerRow)> {
    let find = || quiz_answer::Entity::visible_to(&tx.viewer).filter(quiz_answer::Column::Id.eq(id));
    let found: Option<AnswerRow> = find().into_partial_model().one(&tx.conn).await?;
    let attempt = locked(tx, found.ok_or(Error::NotFound)?.attempt_id, Lock::Exclusive).await?;
    let permit = graded(tx, attempt.quiz_id).await?;
    if attempt.status == AttemptStatus::InProgress {
        return Err(ATTEMPT_OPEN.at("answerId").into());
    }
    let answer = now(tx, id).await?;
    Ok((permit, attempt, answer))
}

/// The answer as the transaction has made it.
async fn now(tx: &Tx, id: AnswerId) -> Result<AnswerRow> {
    let found = quiz_answer::Entity::live().filter(quiz_answer::Column::Id.eq(id)).into_partial_model();
    found.one(&tx.conn).await?.ok_or(Error::NotFound)
}
