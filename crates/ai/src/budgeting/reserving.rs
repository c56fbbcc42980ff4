use chrono::{DateTime, Utc};
use kernel::{CourseId, Error, ReservationId, Result, Tx, UserId, allow};
use sea_orm::Set;

use super::{
    Limits, SchoolBudget,
    counting::{Move, Place, move_day, move_month},
    limits::own_budget,
    next_day, next_month,
};
use crate::{
    ai_reservation::{ActiveModel, ReservationState},
    policy::{Spend, Spender},
    rules::BUDGET_EXCEEDED,
};

/// Keeps so many tokens for an answer to this learner: in a transaction that is committed before the model is asked.
/// `BUDGET_EXCEEDED` says which limit stands against it, and until when.
pub async fn reserve(
    tx: &mut Tx,
    school: &SchoolBudget,
    learner: UserId,
    course: CourseId,
    tokens: i64,
) -> Result<ReservationId> {
    if tokens <= 0 {
        return Err(Error::Internal(format!("{tokens} tokens are nothing to reserve")));
    }
    let permit = allow::<Spend, _>(&tx.viewer, Spender(learner))?;
    let limits = Limits::of(own_budget(&tx.conn, course).await?.as_ref(), school);
    let (place, by) = (Place { learner, course, at: tx.now }, Move::reserving(tokens));
    if !move_day(tx, &permit, place, by, Some(limits.learner_daily_tokens)).await? {
        return Err(exceeded("your tokens for this course and today", next_day(tx.now)));
    }
    if !move_month(tx, &permit, place, by, Some(limits.course_monthly_tokens)).await? {
        return Err(exceeded("the course's tokens for this month", next_month(tx.now)));
    }
    let id = tx.new_id()?;
    let row = ActiveModel {
        id: Set(id),
        user_id: Set(learner),
        course_id: Set(course),
        tokens: Set(tokens),
        used: Set(0),
        state: Set(ReservationState::Open),
        reserved_at: Set(tx.now),
    };
    tx.link(&permit, vec![row]).await?;
    Ok(id)
}

fn exceeded(which: &str, resets_at: DateTime<Utc>) -> Error {
    let again = resets_at.format("%Y-%m-%dT%H:%M:%SZ");
    BUDGET_EXCEEDED
        .with("courseId", format!("There is not enough left of {which}: there is more from {again} on."))
        .into()
}
