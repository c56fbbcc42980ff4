//! What the architecture promises of the code and the tables.

mod code;
mod crates;
mod events;
mod kernel;
mod migrations;
mod tables;
mod trail;
pub mod workspace;
pub use tables::{dictionary, rows};
