use std::sync::Arc;

use async_graphql::{Context, Object};
use chrono::{DateTime, Utc};
use futures_util::future::try_join_all;
use kernel::{MediaId, SectionId};
use learning::{
    EnrollmentRow, EnrollmentStatus,
    progress::{Item, Reason, Standing, Thing},
};

use super::{Enrollment, enums::RemainingReason, keys::StandingOfEnrollment};
use crate::graphql::{
    assessment::{Quiz, keys::QuizById},
    context::{Req, RequestContext},
    courses::{
        Course, CourseSection,
        keys::{CourseById, SectionById},
    },
    error::Result,
    media::{MediaFile, keys::FileById},
    node::one,
    scalars::hundredths,
};

/// The most items that are listed one by one.
const MOST: usize = 500;

/// Where you stand in a course, computed at this moment from what you have done, with what is left to do. What is kept of
/// anybody's progress, for lists of many learners, is `CourseProgress`: as of the last time that it moved, without what is
/// left. `percentage` here and `completionPercentage` there are one number.
#[derive(Clone)]
pub struct MyCourseProgress {
    enrollment: EnrollmentRow,
    standing: Arc<Standing>,
}

impl MyCourseProgress {
    pub async fn load(req: &RequestContext, enrollment: EnrollmentRow) -> Result<Self> {
        let standing = req.loaders.load(StandingOfEnrollment(enrollment.id)).await?;
        Ok(Self::new(enrollment, standing))
    }

    pub fn new(enrollment: EnrollmentRow, standing: Option<Arc<Standing>>) -> Self {
        let is_over = enrollment.status == EnrollmentStatus::Completed;
        let standing = standing.unwrap_or_else(|| Arc::new(Standing::empty(is_over)));
        Self { enrollment, standing }
    }

    fn section(&self, section: SectionId) -> MySectionProgress {
        MySectionProgress {
            section,
            percentage: self.standing.percentage(Some(section)),
            watch_time: self.standing.watch_time(Some(section)),
            last: self.standing.last(Some(section)).and_then(|item| item.thing.media()),
        }
    }

    async fn completed(&self, ctx: &Context<'_>) -> Result<Vec<MediaFile>> {
        let recordings = self.standing.items.iter().filter(|item| item.thing.duration().is_some());
        let done = recordings.filter(|item| item.is_done(self.standing.policy));
        let ids = done.filter_map(|item| item.thing.media()).take(MOST);
        let loaders = &ctx.req().loaders;
        let files = try_join_all(ids.map(|id| loaders.load(FileById(id)))).await?;
        Ok(files.into_iter().flatten().map(MediaFile::from).collect())
    }
}

/// Where you stand in a course, computed at this moment from what you have done, with what is left to do. What is kept of
/// anybody's progress, for lists of many learners, is `CourseProgress`: as of the last time that it moved, without what is
/// left. `percentage` here and `completionPercentage` there are one number.
#[Object]
impl MyCourseProgress {
    /// How much of the course is done, from 0 to 100: its items by their weights, which are the seconds of a recording (60 at
    /// least) and 300 for everything else. 100 only when all is done, and for good once the course is completed.
    async fn percentage(&self) -> f64 {
        hundredths(self.standing.percentage(None))
    }

    /// Have you completed the course?
    async fn is_completed(&self) -> bool {
        self.standing.is_over
    }

    /// How long you have watched, in seconds: the sum of `VideoProgress.watchTimeSeconds` over the recordings that are found in
    /// the course at present, those that are not asked for too.
    async fn total_watch_time_seconds(&self) -> i32 {
        self.standing.watch_time(None)
    }

    /// When you were last at it. Null before the first time.
    async fn last_accessed_at(&self) -> Option<DateTime<Utc>> {
        self.enrollment.last_accessed
    }

    /// What is left to do, in order; at most 500 items.
    async fn remaining(&self) -> Vec<RemainingItem> {
        self.standing.remaining().take(MOST).map(RemainingItem::from).collect()
    }

    /// What to open next: what you watched last while it is not done, or else what is left after it. Null when nothing is.
    async fn next_item(&self) -> Option<RemainingItem> {
        let next = self.standing.next()?;
        self.standing.remaining().find(|(item, _)| *item == next).map(RemainingItem::from)
    }

    /// Where you stand in its sections, in order: in those that hold something to do.
    async fn sections(&self) -> Vec<MySectionProgress> {
        self.standing.sections().into_iter().map(|section| self.section(section)).collect()
    }

    // Edges.

    /// The recordings that you have completed, in order; at most 500: those watched to the end, and where the course's
    /// `completionPolicy` is `MANUAL`, those that you have marked. Null when they can't be read.
    async fn completed_videos(&self, ctx: &Context<'_>) -> Option<Result<Vec<MediaFile>>> {
        Some(self.completed(ctx).await)
    }

    /// The recording that you watched last. Null before the first.
    async fn last_video(&self, ctx: &Context<'_>) -> Option<Result<MediaFile>> {
        one(ctx, self.standing.last(None).and_then(|item| item.thing.media()).map(FileById)).await
    }

    /// The course. Null when you may not see it (any more).
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, Some(CourseById(self.enrollment.course_id))).await
    }

    /// That you take the course.
    async fn enrollment(&self) -> Enrollment {
        self.enrollment.clone().into()
    }
}

/// Where you stand in a section of a course.
pub struct MySectionProgress {
    section: SectionId,
    percentage: i32,
    watch_time: i32,
    last: Option<MediaId>,
}

/// Where you stand in a section of a course.
#[Object]
impl MySectionProgress {
    /// How much of the section is done, from 0 to 100.
    async fn percentage(&self) -> f64 {
        hundredths(self.percentage)
    }

    /// How long you have watched there, in seconds: the sum over its recordings.
    async fn total_watch_time_seconds(&self) -> i32 {
        self.watch_time
    }

    /// The recording there that you watched last. Null before the first.
    async fn last_video(&self, ctx: &Context<'_>) -> Option<Result<MediaFile>> {
        one(ctx, self.last.map(FileById)).await
    }

    /// The section. Null when it is gone.
    async fn section(&self, ctx: &Context<'_>) -> Option<Result<CourseSection>> {
        one(ctx, Some(SectionById(self.section))).await
    }
}

/// Something that is left to do in a course.
pub struct RemainingItem {
    item: Item,
    reason: Reason,
}

impl From<(&Item, Reason)> for RemainingItem {
    fn from((item, reason): (&Item, Reason)) -> Self {
        Self { item: item.clone(), reason }
    }
}

/// Something that is left to do in a course.
#[Object]
impl RemainingItem {
    /// Why it is not done.
    async fn reason(&self) -> RemainingReason {
        self.reason.into()
    }

    /// Where to go on in a recording, in seconds; 0 for what was not begun.
    async fn position_seconds(&self) -> i32 {
        self.item.watched.map_or(0, |watched| watched.position)
    }

    /// The file to watch, to listen to or to read. Null when it is a quiz.
    async fn item(&self, ctx: &Context<'_>) -> Option<Result<MediaFile>> {
        one(ctx, self.item.thing.media().map(FileById)).await
    }

    /// The quiz to pass. Null when it is a file.
    async fn quiz(&self, ctx: &Context<'_>) -> Option<Result<Quiz>> {
        let Thing::Quiz(quiz) = self.item.thing else {
            return None;
        };
        one(ctx, Some(QuizById(quiz))).await
    }

    /// The section that it stands in. Null for what belongs to the course as a whole: a quiz of its own, and what stood in a
    /// section that was deleted.
    async fn section(&self, ctx: &Context<'_>) -> Option<Result<CourseSection>> {
        one(ctx, self.item.section.map(SectionById)).await
    }
}
