//! Ratings, votes, moderation.

mod counting;
#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod entity;
mod erasing;
pub mod reading;
mod rows;
mod visibility;

pub use counting::ratings_of_courses;
pub use entity::{review, review_report, review_vote};
pub use erasing::erase_reporter;
pub use rows::ReviewRow;
