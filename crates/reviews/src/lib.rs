//! Ratings, votes, moderation.

#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod entity;

pub use entity::{review, review_report, review_vote};
