use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use futures_util::future::try_join_all;
use kernel::EntityId;
use learning::CourseProgressRow;

use super::keys::CompletedVideos;
use crate::graphql::{
    accounts::PublicProfile,
    context::Req,
    courses::{
        Course, CourseSection,
        keys::{CourseById, SectionById},
        staff_only,
    },
    error::Result,
    media::{MediaFile, keys::FileById},
    node::{node_type, one},
    scalars::hundredths,
};

node_type! {
    /// How far somebody is in a course, or in one section of it.
    CourseProgress(CourseProgressRow)
}

impl CourseProgress {
    async fn videos(&self, ctx: &Context<'_>) -> Result<Vec<MediaFile>> {
        let loaders = &ctx.req().loaders;
        let ids = loaders.load(CompletedVideos(self.0.id)).await?;
        let files = ids.iter().flat_map(|ids| ids.iter()).map(|id| loaders.load(FileById(*id)));
        Ok(try_join_all(files).await?.into_iter().flatten().map(MediaFile::from).collect())
    }
}

/// How far somebody is in a course, or in one section of it, as of the last time that it moved. You see your own, that in
/// courses that you may edit, and all with the permission `learning.read`. What is left of your own, and where to go on, is
/// in `courseProgress`: `MyCourseProgress`.
#[Object]
impl CourseProgress {
    /// Names this progress among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// How long the person has watched, in seconds: the sum of `watchTimeSeconds` over the recordings that are found in the
    /// course, or in the section, at present. What stands in no section counts for the course only.
    async fn total_watch_time_seconds(&self) -> i32 {
        self.0.total_watch_time
    }

    /// How much is done, from 0 to 100.
    async fn completion_percentage(&self) -> f64 {
        hundredths(self.0.completion_percentage)
    }

    /// When it last moved.
    async fn last_updated_at(&self) -> DateTime<Utc> {
        self.0.last_updated
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

    /// In which course. Null when you may not see it (any more).
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, Some(CourseById(self.0.course_id))).await
    }

    /// In which section. Null when it is the progress in the whole course, or when you may not see the section.
    async fn section(&self, ctx: &Context<'_>) -> Option<Result<CourseSection>> {
        one(ctx, self.0.section_id.map(SectionById)).await
    }

    /// The video that the person watched last. Null before the first, and when you may not see it (any more).
    async fn last_video(&self, ctx: &Context<'_>) -> Option<Result<MediaFile>> {
        one(ctx, self.0.last_video_id.map(FileById)).await
    }

    /// The videos that the person has watched to the end, in the order in which they were begun, as far as you may see
    /// them. Null when they can't be read.
    async fn completed_videos(&self, ctx: &Context<'_>) -> Option<Result<Vec<MediaFile>>> {
        Some(self.videos(ctx).await)
    }
}
