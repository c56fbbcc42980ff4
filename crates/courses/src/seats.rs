//! The seats of a course: `enrollment_count` are taken, `reserved_seats` are kept for those who waited, and the two
//! together never pass `capacity` unless somebody says so. The database decides that in the statement that takes the
//! seat. Whoever calls these holds the course already.

use kernel::{CourseId, Result, Tx};
use sea_orm::{ExprTrait, IntoSimpleExpr, sea_query::Expr};

use crate::{
    CourseRow,
    course::{Column, Entity},
};

/// Where a seat comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    /// One that nobody has.
    Free,
    /// One that was kept for this person.
    Reserved,
    /// One more than there is room for.
    Extra,
}

/// Takes a seat; false when there is none left. Who `has_completed` the course counts among those.
pub async fn take_seat(tx: &Tx, course: CourseId, seat: Seat, has_completed: bool) -> Result<bool> {
    let reserved = if seat == Seat::Reserved { -1 } else { 0 };
    let amounts = [
        (Column::EnrollmentCount, 1),
        (Column::CompletionCount, i64::from(has_completed)),
        (Column::ReservedSeats, reserved),
    ];
    let holds = if seat == Seat::Free { has_room() } else { Expr::val(true) };
    tx.add_if::<Entity, _>((Column::Id, course), &amounts, holds).await
}

/// Keeps a free seat for somebody; false when there is none.
pub async fn reserve_seat(tx: &Tx, course: CourseId) -> Result<bool> {
    tx.add_if::<Entity, _>((Column::Id, course), &[(Column::ReservedSeats, 1)], has_room()).await
}

/// Keeps so many seats no longer.
pub async fn free_reserved_seats(tx: &Tx, course: CourseId, seats: i64) -> Result<()> {
    tx.add::<Entity, _>((Column::Id, course), &[(Column::ReservedSeats, -seats)]).await
}

/// Gives seats back; `completed` of them were of people who had completed the course.
pub async fn free_seats(tx: &Tx, course: CourseId, seats: i64, completed: i64) -> Result<()> {
    let amounts = [(Column::EnrollmentCount, -seats), (Column::CompletionCount, -completed)];
    tx.add::<Entity, _>((Column::Id, course), &amounts).await
}

fn has_room() -> Expr {
    let taken = Column::EnrollmentCount.into_simple_expr().add(Column::ReservedSeats.into_simple_expr());
    let capacity = || Column::Capacity.into_simple_expr();
    capacity().is_null().or(taken.lt(capacity()))
}

impl CourseRow {
    /// How many more people it takes in; `None` when there is no limit.
    pub fn seats_left(&self) -> Option<i32> {
        let taken = self.enrollment_count.saturating_add(self.reserved_seats);
        self.capacity.map(|capacity| Ord::max(capacity.saturating_sub(taken), 0))
    }
}
