//! What is kept about a person, over all contexts: a copy of it for them, and its end.

mod copying;
mod erasing;
mod tables;

pub use copying::{export_data, rows_about};
pub use erasing::erase;
pub use tables::TABLES;
