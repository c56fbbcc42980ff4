//! Ratings, votes, moderation.

#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod entity;
pub mod reading;
mod rows;
mod visibility;

pub use entity::{review, review_report, review_vote};
pub use rows::ReviewRow;
