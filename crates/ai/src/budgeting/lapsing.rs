//! What nobody settled: the process that asked the model is gone.

use chrono::Duration;
use kernel::{ReservationId, Result, Tx, allow};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};

use super::settling::give_back;
use crate::{
    ai_reservation::{Column, Entity, ReservationState},
    policy::{Ledger, TidyUp},
};

/// No answer takes that long: the client of the model gives up long before.
const LAPSE_AFTER: Duration = Duration::minutes(15);
/// Reservations that have ended are kept this long, for who wonders about a number.
const KEPT: Duration = Duration::days(31);
const AT_A_TIME: u64 = 500;

/// Some reservations that nobody settled in time, oldest first.
#[expect(clippy::disallowed_methods, reason = "a reservation is never soft-deleted")]
pub async fn lapsed(db: &impl ConnectionTrait, now: chrono::DateTime<chrono::Utc>) -> Result<Vec<ReservationId>> {
    let open = Entity::find().filter(Column::State.eq(ReservationState::Open));
    let old = open.filter(Column::ReservedAt.lte(now - LAPSE_AFTER));
    let old = old.order_by_asc(Column::ReservedAt).order_by_asc(Column::Id).limit(AT_A_TIME);
    Ok(old.select_only().column(Column::Id).into_tuple().all(db).await?)
}

/// Gives back what was reserved. A transaction for each: two that hold counters and want each other's would wait for ever.
pub async fn release(tx: &Tx, reservation: ReservationId) -> Result<()> {
    give_back(tx, reservation, ReservationState::Lapsed).await
}

/// Forgets reservations that ended long ago; answers how many.
pub async fn tidy_up(tx: &Tx) -> Result<u64> {
    let permit = allow::<TidyUp, _>(&tx.viewer, Ledger)?;
    let old = Column::ReservedAt.lt(tx.now - KEPT).and(Column::State.ne(ReservationState::Open));
    tx.unlink::<_, _, Entity>(&permit, old).await
}
