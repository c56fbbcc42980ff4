use kernel::{ReservationId, Result, Tx, allow};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set, sea_query::OnConflict};

use super::counting::{Move, Place, move_day, move_month};
use crate::{
    ai_reservation::{ActiveModel, Column, Entity, Model, ReservationState},
    policy::Settle,
};

/// The answer took so many tokens, of those that were reserved: what a model says beyond that is not believed. It counts in the period that it was reserved in; said twice, it counts once. What has
/// lapsed meanwhile counts all the same: it was used.
pub async fn settle(tx: &Tx, reservation: ReservationId, used: i64) -> Result<()> {
    let Some(found) = found(tx, reservation).await? else {
        return Ok(());
    };
    let reserved = match found.state {
        ReservationState::Open => -found.tokens,
        ReservationState::Lapsed => 0,
        ReservationState::Settled | ReservationState::Refunded => return Ok(()),
    };
    let by = Move { reserved, used: used.clamp(0, found.tokens), answers: 1 };
    end(tx, found, ReservationState::Settled, by).await
}

/// There was no answer: all of it is given back.
pub async fn refund(tx: &Tx, reservation: ReservationId) -> Result<()> {
    give_back(tx, reservation, ReservationState::Refunded).await
}

/// Gives back what is still open.
pub(super) async fn give_back(tx: &Tx, reservation: ReservationId, state: ReservationState) -> Result<()> {
    match found(tx, reservation).await? {
        Some(found) if found.state == ReservationState::Open => {
            let by = Move { reserved: -found.tokens, used: 0, answers: 0 };
            end(tx, found, state, by).await
        }
        _ => Ok(()),
    }
}

/// Locked until the transaction ends: of two who settle it, one finds it open.
#[expect(clippy::disallowed_methods, reason = "a reservation is never soft-deleted")]
async fn found(tx: &Tx, reservation: ReservationId) -> Result<Option<Model>> {
    Ok(Entity::find().filter(Column::Id.eq(reservation)).lock_exclusive().one(&tx.conn).await?)
}

async fn end(tx: &Tx, found: Model, state: ReservationState, by: Move) -> Result<()> {
    let place = Place { learner: found.user_id, course: found.course_id, at: found.reserved_at };
    let permit = allow::<Settle, _>(&tx.viewer, found)?;
    move_day(tx, &permit, place, by, None).await?;
    move_month(tx, &permit, place, by, None).await?;
    let row = ActiveModel { state: Set(state), used: Set(by.used), ..ActiveModel::from((*permit).clone()) };
    let ended = OnConflict::column(Column::Id).update_columns([Column::State, Column::Used]).to_owned();
    tx.put(&permit, row.reset_all(), ended).await?;
    Ok(())
}
