//! The feed of events: everything that was committed, in an order that never changes, for programs that follow it.

#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod event;
mod numbering;
mod reading;
mod types;

pub use numbering::{has_unnumbered, number};
pub use reading::{EventRow, Told, count_events, events, feed, newest, since};
pub use types::{ACTIONS, action_of, type_of};
