use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::event::{Column, Entity};
use crate::{EventId, Result, Turn, Tx};

/// So many at once: a transaction that takes long would keep others waiting.
const AT_ONCE: u64 = 1_000;

/// Is anything committed that has no place in the feed yet?
#[expect(clippy::disallowed_methods, reason = "an event is never soft-deleted")]
pub async fn has_unnumbered(db: &impl ConnectionTrait) -> Result<bool> {
    let first = Entity::find().select_only().column(Column::Id).filter(Column::Position.is_null()).limit(1);
    Ok(first.into_tuple::<EventId>().one(db).await?.is_some())
}

/// Gives places in the feed to what is committed and has none, at the end of it; answers whether there may be more. One
/// transaction at a time does so, and sees only what is committed: so a place that is given is never preceded by one that is
/// given later, and there are no gaps. Those who change things wait for nobody.
pub async fn number(tx: &Tx) -> Result<bool> {
    tx.take_turn(Turn::Feed).await?;
    // The subquery is read after the turn has come: it sees the places that the one before has given.
    let numbered = format!(
        "UPDATE events SET position = numbered.position FROM (SELECT sequence, \
         (SELECT COALESCE(MAX(position), 0) FROM events) + ROW_NUMBER() OVER (ORDER BY sequence) AS position \
         FROM events WHERE position IS NULL ORDER BY sequence LIMIT {AT_ONCE}) AS numbered \
         WHERE events.sequence = numbered.sequence"
    );
    Ok(tx.conn.execute_unprepared(&numbered).await?.rows_affected() == AT_ONCE)
}
