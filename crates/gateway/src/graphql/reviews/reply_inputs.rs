//! Inputs and payloads of the replies to reviews.

use async_graphql::{InputObject, SimpleObject};
use kernel::{ReviewId, ReviewReplyId};

use super::{Review, ReviewReply};
use crate::graphql::{error::UserError, id::Id};

/// What to answer to which review.
#[derive(Debug, InputObject)]
pub struct ReplyToReviewInput {
    /// The review.
    pub review_id: Id<ReviewId>,
    /// 1 to 5,000 characters, plain text or Markdown. HTML in it is not interpreted.
    pub comment: String,
}

/// What a reply shall say from now on.
#[derive(Debug, InputObject)]
pub struct UpdateReplyInput {
    /// Which reply.
    pub id: Id<ReviewReplyId>,
    /// 1 to 5,000 characters, plain text or Markdown. HTML in it is not interpreted.
    pub comment: String,
}

/// Which reply to delete.
#[derive(Debug, InputObject)]
pub struct DeleteReplyInput {
    /// Its id.
    pub id: Id<ReviewReplyId>,
}

/// What came of answering a review.
#[derive(SimpleObject)]
pub struct ReplyToReviewPayload {
    /// The new reply; on `REVIEW_REPLY_EXISTS` the one that there was. Null when the input was refused otherwise.
    pub reply: Option<ReviewReply>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of changing a reply.
#[derive(SimpleObject)]
pub struct UpdateReplyPayload {
    /// The reply as it is now. Null when the input was refused.
    pub reply: Option<ReviewReply>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of deleting a reply.
#[derive(SimpleObject)]
pub struct DeleteReplyPayload {
    /// The review that it answered. Null when the input was refused.
    pub review: Option<Review>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}
