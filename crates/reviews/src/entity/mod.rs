pub mod review;
pub mod review_report;
pub mod review_vote;
