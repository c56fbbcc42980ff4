pub mod review;
pub mod review_moderation;
pub mod review_reply;
pub mod review_report;
pub mod review_revision;
pub mod review_vote;
