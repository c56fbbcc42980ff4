use std::sync::Arc;

use async_graphql::{Context, Subscription};
use chrono::{DateTime, Utc};
use futures_util::Stream;
use kernel::{CourseId, Error, Viewer};
use learning::{
    EnrollmentRow, EnrollmentStatus,
    progress::{reading::own_enrollment, standings},
};

use super::standing::MyCourseProgress;
use crate::{
    app::App,
    graphql::{
        context::Req,
        error::Result,
        id::Id,
        polling::{Polled, poll},
    },
};

#[derive(Default)]
pub struct LearningSubscription;

#[Subscription]
impl LearningSubscription {
    /// Where you stand in a course that you take: as it is now, then whenever something moves, on whichever device you
    /// learn. After a cut, `courseProgress` has the same state. An error with the code `NOT_FOUND` when you don't take the
    /// course, and when you have left it.
    async fn progress_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] course_id: Id<CourseId>,
    ) -> Result<impl Stream<Item = Result<MyCourseProgress>> + use<>> {
        Ok(poll(ctx.req(), Progress { course: course_id.at(&["courseId"])? }))
    }
}

/// One's own in a course.
struct Progress {
    course: CourseId,
}

impl Polled for Progress {
    type Seen = EnrollmentRow;
    type State = (EnrollmentStatus, i32, Option<DateTime<Utc>>);
    type Told = MyCourseProgress;

    async fn look(&self, app: &App, viewer: &Viewer) -> kernel::Result<EnrollmentRow> {
        let found = own_enrollment(app.db.read(), viewer, self.course).await?;
        found.filter(|row| row.status != EnrollmentStatus::Dropped).ok_or(Error::NotFound)
    }

    fn state(&self, row: &EnrollmentRow, _: &App, _: &Viewer) -> Self::State {
        (row.status, row.progress_percentage, row.last_accessed)
    }

    async fn tell(
        &self,
        row: EnrollmentRow,
        _: Option<&Self::State>,
        app: &App,
    ) -> kernel::Result<Option<MyCourseProgress>> {
        let standing = standings(app.db.read(), &[row.id]).await?.remove(&row.id).map(Arc::new);
        Ok(Some(MyCourseProgress::new(row, standing)))
    }

    /// One may go on after a completion, too.
    fn is_last(&self, _: &Self::State) -> bool {
        false
    }
}
