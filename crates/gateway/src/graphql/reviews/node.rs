use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::{EntityId, Permission};
use reviews::ReviewRow;

use super::{
    edges::ReviewEdges,
    keys::{OwnCourse, OwnVoteOnReview, ReplyOfReview},
    reply::ReviewReply,
};
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

    /// The title, one line of plain text; may be empty.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What the person has to say; may be empty. Plain text or Markdown, as it was written: what looks like HTML in it is text,
    /// and is to be shown as such.
    async fn comment(&self) -> &str {
        &self.0.comment
    }

    /// Had the author bought the course when this was written?
    async fn is_verified_purchase(&self) -> bool {
        self.0.is_verified_purchase
    }

    /// Has a moderator hidden it? Then only its author and moderators see it.
    async fn is_hidden(&self) -> bool {
        self.0.is_hidden
    }

    /// When a moderator hid it. Only for its author and moderators; null for others and when it is not hidden.
    async fn hidden_at(&self, ctx: &Context<'_>) -> Option<DateTime<Utc>> {
        self.0.hidden_at.filter(|_| self.is_told(ctx))
    }

    /// Why a moderator hid it. Only for its author and moderators; null for others and when it is not hidden.
    async fn hidden_reason(&self, ctx: &Context<'_>) -> Option<&str> {
        (self.0.is_hidden && self.is_told(ctx)).then_some(&self.0.hidden_reason)
    }

    /// How many people found it helpful.
    async fn helpful_count(&self) -> i32 {
        self.0.helpful_count
    }

    /// How many people found it not helpful.
    async fn unhelpful_count(&self) -> i32 {
        self.0.unhelpful_count
    }

    /// Do you find it helpful? Null when you have not voted on it.
    async fn viewer_vote(&self, ctx: &Context<'_>) -> Option<Result<bool>> {
        ctx.req().viewer().id()?;
        let vote = ctx.req().loaders.load(OwnVoteOnReview(self.0.id)).await;
        vote.map(|vote| vote.map(|vote| vote.is_helpful)).transpose()
    }

    /// May you vote on it? Not on a review of your own or of a course that you work on, nor on a hidden one, nor without an
    /// account. Null when that can't be read.
    async fn viewer_can_vote(&self, ctx: &Context<'_>) -> Option<Result<bool>> {
        let user = ctx.req().viewer().id();
        if self.0.is_hidden || user.is_none_or(|user| user == self.0.user_id) {
            return Some(Ok(false));
        }
        let works_there = ctx.req().loaders.load(OwnCourse(self.0.course_id)).await;
        Some(works_there.map(|course| course.is_none()))
    }

    /// Did you write it, so that you may change and delete it?
    async fn viewer_is_author(&self, ctx: &Context<'_>) -> bool {
        ctx.req().viewer().is(self.0.user_id)
    }

    /// How many people said that it should not stand, since a moderator last decided on that. Needs the permission `reviews.moderate`; null without it.
    async fn reported_count(&self, ctx: &Context<'_>) -> Option<i32> {
        ctx.req().viewer().has(Permission::ReviewsModerate).then_some(self.0.reported_count)
    }

    /// Since when it waits for a moderator. Needs the permission `reviews.moderate`; null without it and when it does not
    /// wait.
    async fn queued_at(&self, ctx: &Context<'_>) -> Option<DateTime<Utc>> {
        self.0.queued_at.filter(|_| ctx.req().viewer().has(Permission::ReviewsModerate))
    }

    /// Counts its edits: pass it as `expectedVersion` when you change the review.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When its author last changed what it says. Null when they never did.
    async fn edited_at(&self) -> Option<DateTime<Utc>> {
        self.0.edited_at
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

    /// What the course answers. Null when it has not.
    async fn reply(&self, ctx: &Context<'_>) -> Option<Result<ReviewReply>> {
        one(ctx, Some(ReplyOfReview(self.0.id))).await
    }

    /// What belongs to the review for its author and moderators.
    #[graphql(flatten)]
    async fn edges(&self) -> ReviewEdges {
        ReviewEdges(self.0.id)
    }
}

impl Review {
    /// Does the viewer hear what moderators did?
    fn is_told(&self, ctx: &Context<'_>) -> bool {
        let viewer = ctx.req().viewer();
        viewer.is(self.0.user_id) || viewer.has(Permission::ReviewsModerate)
    }
}
