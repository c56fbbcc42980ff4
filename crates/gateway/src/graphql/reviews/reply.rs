use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::EntityId;
use reviews::ReplyRow;

use super::{Review, keys::ReviewById};
use crate::graphql::{
    accounts::PublicProfile,
    error::Result,
    node::{node_type, one},
};

node_type! {
    /// What a course answers to a review.
    ReviewReply(ReplyRow)
}

/// What a course answers to a review. Seen where the review is.
#[Object]
impl ReviewReply {
    /// Names this reply among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// What it says. Plain text or Markdown, as it was written: what looks like HTML in it is text, and is to be shown as such.
    async fn comment(&self) -> &str {
        &self.0.comment
    }

    /// When it was written.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When somebody last changed what it says. Null when nobody did.
    async fn edited_at(&self) -> Option<DateTime<Utc>> {
        self.0.edited_at
    }

    /// Who wrote it first. Null when the account is not active.
    async fn author(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.user_id)).await
    }

    /// The review it answers. Null when you may not see it (any more).
    async fn review(&self, ctx: &Context<'_>) -> Option<Result<Review>> {
        one(ctx, Some(ReviewById(self.0.review_id))).await
    }
}
