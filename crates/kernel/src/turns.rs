use uuid::Uuid;

use crate::{EntityId, Result, Tx, dialect};

/// Something that only one transaction changes at a time, because what it must stay true to lies in many rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The tree of categories: no circles.
    Categories,
    /// Which courses ask for which: no circles.
    Prerequisites,
    /// The feed of events: places are given one after the other.
    Feed,
}

impl Tx {
    /// Waits until no other transaction has this turn, and keeps it until this one ends. Take it before any row is locked:
    /// two who wait for each other would wait for ever.
    pub async fn take_turn(&self, turn: Turn) -> Result<()> {
        dialect::take_turn(&self.conn, turn as i32).await
    }

    /// The same for all that hangs on each of these things, without locking their rows: for those who must not wait for a row
    /// while somebody who has it waits for them. The smallest id first.
    pub async fn take_turns_for<I: EntityId>(&self, things: &[I]) -> Result<()> {
        dialect::take_turns_for(&self.conn, &numbers(things), Hold::Alone).await
    }

    /// The same for those who do not get in each other's way, but in that of who takes the turn for one of the things: many
    /// have it at once, and none of them while another transaction has taken it.
    pub async fn share_turns_for<I: EntityId>(&self, things: &[I]) -> Result<()> {
        dialect::take_turns_for(&self.conn, &numbers(things), Hold::Together).await
    }
}

/// Who else may have a turn meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hold {
    Alone,
    Together,
}

/// The random halves of their ids.
fn numbers<I: EntityId>(things: &[I]) -> Vec<i64> {
    let number = |thing: &I| {
        let id: Uuid = (*thing).into();
        id.as_u64_pair().1.cast_signed()
    };
    things.iter().map(number).collect()
}
