//! Ratings, votes, moderation.

mod counting;
mod editing;
#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod entity;
mod erasing;
mod found;
mod listing;
mod moderating;
mod opinion;
mod policy;
pub mod reading;
mod replying;
mod reporting;
mod rows;
pub mod rules;
mod scoring;
mod submitting;
mod visibility;
mod voting;

pub use counting::ratings_of_courses;
pub use editing::{Edited, delete, update};
pub use entity::*;
pub use erasing::erase_reviewer;
pub use listing::{
    ReviewList, ReviewOrder, count_course_reviews, count_moderation_queue, course_reviews, moderation_queue,
};
pub use moderating::moderate;
pub use opinion::{Opinion, OpinionChange};
pub use replying::{Replied, delete_reply, reply, update_reply};
pub use reporting::{REPORTS_TO_QUEUE, report};
pub use review_moderation::ModerationAction;
pub use review_report::ReportKind;
pub use rows::{ModerationRow, ReplyRow, ReportRow, ReviewRow, RevisionRow, VoteRow};
pub use scoring::helpful_score;
pub use submitting::{Submitted, submit};
pub use visibility::reviews_by;
pub use voting::{remove_vote, vote};
