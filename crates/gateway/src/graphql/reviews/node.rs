use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::{EntityId, Permission};
use reviews::ReviewRow;

use crate::graphql::{
    accounts::PublicProfile,
    context::Req,
    courses::{Course, keys::CourseById, staff_only},
    error::Result,
    node::{node_type, one},
};

node_type! {
    /// What somebody thinks of a course.
    Review(ReviewRow)
}

/// What somebody thinks of a course. Everybody sees those of published courses that no moderator has hidden; you see
/// your own, and all with the permission `reviews.moderate`.
#[Object]
impl Review {
    /// Names this review among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// How many stars, from 1 to 5.
    async fn rating(&self) -> i32 {
        self.0.rating
    }

    /// The title.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What the person has to say.
    async fn comment(&self) -> &str {
        &self.0.comment
    }

    /// Did the author take the course when this was written?
    async fn is_verified_purchase(&self) -> bool {
        self.0.is_verified_purchase
    }

    /// Has a moderator hidden it? Then only its author and moderators see it.
    async fn is_hidden(&self) -> bool {
        self.0.is_hidden
    }

    /// How many people found it helpful.
    async fn helpful_count(&self) -> i32 {
        self.0.helpful_count
    }

    /// How many people said that it should not stand. Needs the permission `reviews.moderate`; null without it.
    async fn reported_count(&self, ctx: &Context<'_>) -> Option<i32> {
        ctx.req().viewer().has(Permission::ReviewsModerate).then_some(self.0.reported_count)
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// Who created it. Only for those who work on the course; null for others and when nobody in particular did.
    async fn created_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        staff_only(ctx, Some(self.0.course_id), self.0.created_by).await
    }

    /// Who last changed it. Only for those who work on the course; null for others and when nobody in particular did.
    async fn updated_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        staff_only(ctx, Some(self.0.course_id), self.0.updated_by).await
    }

    // Edges.

    /// Who wrote it. Null when the account is not active.
    async fn author(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.user_id)).await
    }

    /// The course. Null when you may not see it (any more).
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, Some(CourseById(self.0.course_id))).await
    }
}
