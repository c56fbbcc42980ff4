//! A copy of a PostgreSQL database that follows it a moment behind (a streaming standby), to take reads off it.

mod following;
mod marking;
#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod write_mark;

pub use following::Replica;
pub(crate) use marking::Actors;
