//! Mutations that are safe to send again: with an `idempotencyKey`, what was asked twice is done once.
//!
//! All of it is here, around the root of the mutations. `listed` says which have it, [`Repeatable`] puts the field into their
//! inputs and gives the first answer again, and [`Repeats`] has the transaction of the mutation take the key.

mod asking;
mod listed;
mod repeatable;

pub use asking::Repeats;
pub use listed::{LEFT_OUT, is_repeatable};
pub use repeatable::Repeatable;
