//! The feed of events on the wire, for programs that follow what happens.

pub mod keys;
mod node;
mod queries;

pub use node::Event;
pub use queries::{EventQuery, catch_up};
