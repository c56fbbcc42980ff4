//! The two counters. Each statement finds the row or makes it, and is refused by the database when a limit would be passed.

use chrono::{DateTime, Utc};
use kernel::{CourseId, Permit, Result, Tx, UserId};
use sea_orm::{
    EntityTrait, ExprTrait, Set,
    sea_query::{Expr, OnConflict},
};

use super::{day_of, month_of};
use crate::{
    ai_course_month::{self as month, Column as Month},
    ai_learner_day::{self as day, Column as Day},
};

/// Whose counters, and when.
#[derive(Clone, Copy)]
pub struct Place {
    pub learner: UserId,
    pub course: CourseId,
    pub at: DateTime<Utc>,
}

/// How the counters move. What is settled gives back what was reserved, and counts as used.
#[derive(Clone, Copy)]
pub struct Move {
    pub reserved: i64,
    pub used: i64,
    pub answers: i32,
}

impl Move {
    pub fn reserving(tokens: i64) -> Self {
        Self { reserved: tokens, used: 0, answers: 0 }
    }
}

/// Moves the learner's counter; false when it would come to more than `limit`.
pub async fn move_day<A, P>(
    tx: &Tx,
    permit: &Permit<A, P>,
    place: Place,
    by: Move,
    limit: Option<i64>,
) -> Result<bool> {
    let row = day::ActiveModel {
        user_id: Set(place.learner),
        course_id: Set(place.course),
        starts_at: Set(day_of(place.at)),
        // What is given back was taken from the row that is there.
        reserved: Set(Ord::max(by.reserved, 0)),
        used: Set(by.used),
        answers: Set(by.answers),
    };
    let mut again = OnConflict::columns([Day::UserId, Day::CourseId, Day::StartsAt]);
    again.value(Day::Reserved, here(day::Entity, Day::Reserved).add(by.reserved));
    again.value(Day::Used, here(day::Entity, Day::Used).add(by.used));
    again.value(Day::Answers, here(day::Entity, Day::Answers).add(by.answers));
    let sum = here(day::Entity, Day::Reserved).add(here(day::Entity, Day::Used));
    put(tx, permit, row, again, sum, by, limit).await
}

/// The same of the course's counter.
pub async fn move_month<A, P>(
    tx: &Tx,
    permit: &Permit<A, P>,
    place: Place,
    by: Move,
    limit: Option<i64>,
) -> Result<bool> {
    let row = month::ActiveModel {
        course_id: Set(place.course),
        starts_at: Set(month_of(place.at)),
        reserved: Set(Ord::max(by.reserved, 0)),
        used: Set(by.used),
    };
    let mut again = OnConflict::columns([Month::CourseId, Month::StartsAt]);
    again.value(Month::Reserved, here(month::Entity, Month::Reserved).add(by.reserved));
    again.value(Month::Used, here(month::Entity, Month::Used).add(by.used));
    let sum = here(month::Entity, Month::Reserved).add(here(month::Entity, Month::Used));
    put(tx, permit, row, again, sum, by, limit).await
}

async fn put<A, P, R>(
    tx: &Tx,
    permit: &Permit<A, P>,
    row: R,
    mut again: OnConflict,
    sum: Expr,
    by: Move,
    limit: Option<i64>,
) -> Result<bool>
where
    R: sea_orm::ActiveModelTrait + sea_orm::ActiveModelBehavior + Send,
{
    if let Some(limit) = limit {
        // The first row of a period meets no other.
        if by.reserved > limit {
            return Ok(false);
        }
        again.action_and_where(sum.lte(limit - by.reserved));
    }
    tx.put(permit, row, again).await
}

/// The column as it is in the table, not as it would have been inserted.
fn here<E: EntityTrait>(entity: E, column: E::Column) -> Expr {
    Expr::col((entity, column))
}
