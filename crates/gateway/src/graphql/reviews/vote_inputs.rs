//! Inputs and payloads of what one does to reviews of others.

use async_graphql::{InputObject, SimpleObject};
use kernel::ReviewId;

use super::{Review, enums::ReviewReportReason};
use crate::graphql::{error::UserError, id::Id};

/// Whether which review helps.
#[derive(Debug, InputObject)]
pub struct VoteReviewInput {
    /// The review.
    pub review_id: Id<ReviewId>,
    /// Does it help you to know whether the course is for you?
    pub is_helpful: bool,
}

/// On which review to take a vote back.
#[derive(Debug, InputObject)]
pub struct RemoveReviewVoteInput {
    /// The review.
    pub review_id: Id<ReviewId>,
}

/// What is wrong with which review.
#[derive(Debug, InputObject)]
pub struct ReportReviewInput {
    /// The review.
    pub review_id: Id<ReviewId>,
    /// What is wrong with it.
    pub reason: ReviewReportReason,
    /// The same in your own words, at most 1,000 characters; `OTHER` needs them. Only moderators read them.
    #[graphql(default)]
    pub text: String,
}

/// What came of a vote.
#[derive(SimpleObject)]
pub struct VoteReviewPayload {
    /// The review with your vote. Null when the input was refused.
    pub review: Option<Review>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of taking a vote back.
#[derive(SimpleObject)]
pub struct RemoveReviewVotePayload {
    /// The review without your vote. Null when the input was refused.
    pub review: Option<Review>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of reporting a review.
#[derive(SimpleObject)]
pub struct ReportReviewPayload {
    /// The review. Null when the input was refused.
    pub review: Option<Review>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}
