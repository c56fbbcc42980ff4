//! Input and payload of moderation.

use async_graphql::{InputObject, SimpleObject};
use kernel::ReviewId;

use super::{Review, enums::ReviewModerationAction};
use crate::graphql::{error::UserError, id::Id};

/// What to do to which review, and why.
#[derive(Debug, InputObject)]
pub struct ModerateReviewInput {
    /// The review.
    pub review_id: Id<ReviewId>,
    /// What to do to it.
    pub action: ReviewModerationAction,
    /// Why: 1 to 1,000 characters, which its author reads.
    pub reason: String,
}

/// What came of moderating a review.
#[derive(SimpleObject)]
pub struct ModerateReviewPayload {
    /// The review as it is now. Null when the input was refused.
    pub review: Option<Review>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}
