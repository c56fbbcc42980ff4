//! What a review said, what was said of it, and what moderators made of that.

use async_graphql::{Context, Object};
use chrono::{DateTime, Utc};
use kernel::Permission;
use reviews::{ModerationRow, ReportRow, RevisionRow};

use super::enums::{ReviewModerationAction, ReviewReportReason};
use crate::graphql::{accounts::PublicProfile, context::Req, error::Result, node::node_type};

node_type! {
    /// What a review said before it was edited.
    ReviewRevision(RevisionRow)
}

/// What a review said before it was edited.
#[Object]
impl ReviewRevision {
    /// The review's version as long as it said this.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// How many stars, from 1 to 5.
    async fn rating(&self) -> i32 {
        self.0.rating
    }

    /// The title.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What the person had to say.
    async fn comment(&self) -> &str {
        &self.0.comment
    }

    /// When it was written.
    async fn written_at(&self) -> DateTime<Utc> {
        self.0.written_at
    }

    /// When the next version took its place.
    async fn replaced_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

node_type! {
    /// What a moderator did to a review.
    ReviewModeration(ModerationRow)
}

/// What a moderator did to a review.
#[Object]
impl ReviewModeration {
    /// What was done.
    async fn action(&self) -> ReviewModerationAction {
        self.0.action.into()
    }

    /// Why, in the moderator's words.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// When.
    async fn happened_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// Who did it. Needs the permission `reviews.moderate`; null without it, and when the account is not active.
    async fn moderator(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.created_by.filter(|_| ctx.req().viewer().has(Permission::ReviewsModerate)))
            .await
    }
}

node_type! {
    /// That somebody said that a review should not stand.
    ReviewReport(ReportRow)
}

/// That somebody said that a review should not stand. Only with the permission `reviews.moderate`.
#[Object]
impl ReviewReport {
    /// What is wrong with it.
    async fn reason(&self) -> ReviewReportReason {
        self.0.kind.into()
    }

    /// The same in their own words; may be empty.
    async fn text(&self) -> &str {
        &self.0.reason
    }

    /// Who said so. Null when the account is not active.
    async fn reporter(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.user_id)).await
    }

    /// When.
    async fn reported_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When a moderator decided on it. Null before.
    async fn settled_at(&self) -> Option<DateTime<Utc>> {
        self.0.settled_at
    }
}
