use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::EntityId;
use learning::VideoProgressRow;

use crate::graphql::{
    accounts::PublicProfile,
    courses::{Course, keys::CourseById, staff_only},
    error::Result,
    media::{MediaFile, keys::FileById},
    node::{node_type, one},
    scalars::hundredths,
};

node_type! {
    /// How far somebody is in a video.
    VideoProgress(VideoProgressRow)
}

/// How far somebody is in a video, as part of one course. You see your own, that in courses that you may edit, and all
/// with the permission `learning.read`.
#[Object]
impl VideoProgress {
    /// Names this progress among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// How much of it the person has watched, in seconds: each second once, and of all recordings together no more than
    /// there was time for (see `recordPlayback`). What there was no time for is not in any number here.
    async fn watch_time_seconds(&self) -> i32 {
        self.0.watch_time
    }

    /// Where the person stopped, in seconds from the start.
    async fn last_position_seconds(&self) -> i32 {
        self.0.last_position
    }

    /// Has the person watched it to the end: nine tenths of it?
    async fn is_completed(&self) -> bool {
        self.0.completed
    }

    /// How much is done, from 0 to 100.
    async fn completion_percentage(&self) -> f64 {
        hundredths(self.0.completion_percentage)
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

    /// Whose progress it is. Null when the account is not active.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.user_id)).await
    }

    /// In which video. Null when you may not see it (any more).
    async fn video(&self, ctx: &Context<'_>) -> Option<Result<MediaFile>> {
        one(ctx, Some(FileById(self.0.video_id))).await
    }

    /// As part of which course. Null when you may not see it (any more).
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, Some(CourseById(self.0.course_id))).await
    }
}
