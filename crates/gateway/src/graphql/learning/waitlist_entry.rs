use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::EntityId;
use learning::WaitlistRow;

use super::{enums::WaitlistStatus, keys::WaitlistPosition};
use crate::graphql::{
    accounts::PublicProfile,
    context::Req,
    courses::{Course, keys::CourseById},
    error::Result,
    node::{node_type, one},
};

node_type! {
    /// Somebody's place on a waitlist.
    WaitlistEntry(WaitlistRow)
}

/// Somebody's place on the waitlist of a course. You see your own, those of courses that you work on, and all with the
/// permission `learning.read` or `enrollments.manage`.
#[Object]
impl WaitlistEntry {
    /// Names this place among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// How the waiting goes.
    async fn status(&self, ctx: &Context<'_>) -> WaitlistStatus {
        self.0.standing(ctx.req().now).into()
    }

    /// Where the person stands among those who have no offer yet: 1 gets the next seat. Null when they have an offer, or
    /// wait no more.
    async fn position(&self, ctx: &Context<'_>) -> Option<Result<i64>> {
        let position = ctx.req().loaders.load(WaitlistPosition(self.0.id)).await;
        position.map(|position| position.map(|position| *position)).transpose()
    }

    /// When the person came onto the list.
    async fn joined_at(&self) -> DateTime<Utc> {
        self.0.joined_at
    }

    /// Since when a seat is, or was, kept for the person. Null before.
    async fn offered_at(&self) -> Option<DateTime<Utc>> {
        self.0.offered_at
    }

    /// Until when the seat is, or was, kept for the person. Null before.
    async fn offer_expires_at(&self) -> Option<DateTime<Utc>> {
        self.0.offer_expires_at
    }

    /// When the waiting ended. Null as long as the person is on the list, and until it is written down that an offer has
    /// lapsed.
    async fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.0.ended_at
    }

    // Edges.

    /// Who waits. Null when the account is not active.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.user_id)).await
    }

    /// For which course. Null when you may not see it (any more).
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, Some(CourseById(self.0.course_id))).await
    }
}
