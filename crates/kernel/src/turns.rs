use uuid::Uuid;

use crate::{EntityId, Result, Tx, dialect};

/// Something that only one transaction changes at a time, because what it must stay true to lies in many rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The tree of categories: no circles.
    Categories,
    /// Which courses ask for which: no circles.
    Prerequisites,
}

impl Tx {
    /// Waits until no other transaction has this turn, and keeps it until this one ends. Take it before any row is locked:
    /// two who wait for each other would wait for ever.
    pub async fn take_turn(&self, turn: Turn) -> Result<()> {
        dialect::take_turn(&self.conn, turn as i32).await
    }

    /// The same for all that hangs on one thing, without locking its row: for those who must not wait for it while somebody
    /// who has it waits for them. Of several things the smallest id first.
    pub async fn take_turn_for<I: EntityId>(&self, thing: I) -> Result<()> {
        let id: Uuid = thing.into();
        // The random half.
        let (_, number) = id.as_u64_pair();
        dialect::take_turn_for(&self.conn, number.cast_signed()).await
    }
}
