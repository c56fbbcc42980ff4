//! Webhooks at work: what comes into the feed goes out to those who want to be told.

mod asking;
mod delivering;
mod payload;
mod running;

pub use asking::check_query;
pub use running::{deliver_due, run};
