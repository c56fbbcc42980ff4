//! What an answer costs. It is kept before a model is asked, because what an answer takes is known when it has come.

use kernel::{CourseId, ReservationId, Result, Tx, UserId};

use crate::{
    ai_chat,
    budgeting::{self, SchoolBudget},
    prompting::MOST_TOKENS,
};

/// Keeps the most that an answer may take.
pub(crate) async fn reserve(
    tx: &mut Tx,
    school: &SchoolBudget,
    learner: UserId,
    course: CourseId,
) -> Result<ReservationId> {
    budgeting::reserve(tx, school, learner, course, MOST_TOKENS).await
}

/// The answer has ended: it costs what it took, and nothing when it failed for want of an answer.
pub(crate) async fn settle(tx: &Tx, chat: &ai_chat::Model, tokens: i64) -> Result<()> {
    match chat.reservation {
        Some(reservation) if tokens > 0 => budgeting::settle(tx, reservation, tokens).await,
        Some(reservation) => budgeting::refund(tx, reservation).await,
        None => Ok(()),
    }
}

/// The answer has failed, or nobody wants it any more: it costs nothing.
pub(crate) async fn give_back(tx: &Tx, reservation: Option<ReservationId>) -> Result<()> {
    match reservation {
        Some(reservation) => budgeting::refund(tx, reservation).await,
        None => Ok(()),
    }
}
