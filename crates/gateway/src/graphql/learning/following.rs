use std::sync::Arc;

use async_graphql::{Context, Subscription};
use chrono::{DateTime, Utc};
use futures_util::{Stream, stream::unfold};
use kernel::{CourseId, Error, Viewer};
use learning::{
    EnrollmentRow, EnrollmentStatus,
    progress::{reading::own_enrollment, standings},
};
use tokio::time::{Instant, Interval, interval};

use super::standing::CourseStanding;
use crate::{
    app::App,
    graphql::{
        context::Req,
        error::Result,
        id::Id,
        loader::{Loaders, Reader},
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
    ) -> Result<impl Stream<Item = Result<CourseStanding>> + use<>> {
        let req = ctx.req();
        let follow = Follow {
            app: req.app.clone(),
            loaders: req.loaders.clone(),
            viewer: req.viewer(),
            course: course_id.at(&["courseId"])?,
            looks: interval(req.app.look_every),
            told: None,
            is_over: false,
        };
        Ok(unfold(follow, async |mut follow| follow.next().await.map(|event| (event, follow))))
    }
}

/// What is news.
type State = (EnrollmentStatus, i32, Option<DateTime<Utc>>);

/// Looks at the row again and again, as that of a file is looked at: see `media/subscriptions.rs`.
struct Follow {
    app: Arc<App>,
    loaders: Arc<Loaders>,
    viewer: Viewer,
    course: CourseId,
    looks: Interval,
    told: Option<State>,
    is_over: bool,
}

impl Follow {
    async fn next(&mut self) -> Option<Result<CourseStanding>> {
        while !self.is_over {
            self.looks.tick().await;
            let seen = match self.look().await {
                Ok(None) => return None,
                Ok(Some(row)) => {
                    let state = (row.status, row.progress_percentage, row.last_accessed);
                    if self.told.replace(state) == Some(state) {
                        continue;
                    }
                    self.standing(row).await
                }
                Err(error) => Err(error),
            };
            self.is_over = seen.is_err();
            return Some(seen.map_err(Into::into));
        }
        None
    }

    /// The enrolment as it is now. None when the session has ended: the connection says so itself.
    async fn look(&mut self) -> kernel::Result<Option<EnrollmentRow>> {
        let Some(known) = accounts::identify_again(&self.app.db, &self.viewer, self.app.world.now()).await? else {
            return Ok(None);
        };
        self.viewer = known.viewer;
        let found = own_enrollment(self.app.db.read(), &self.viewer, self.course).await?;
        let goes_on = found.filter(|row| row.status != EnrollmentStatus::Dropped);
        Ok(Some(goes_on.ok_or(Error::NotFound)?))
    }

    /// Each event is an answer of its own, with the time and the edges that one may take.
    async fn standing(&self, row: EnrollmentRow) -> kernel::Result<CourseStanding> {
        let mut found = standings(self.app.db.read(), &[row.id]).await?;
        let reader = Reader { db: self.app.db.clone(), viewer: self.viewer.clone() };
        self.loaders.renew(reader, Instant::now() + self.app.timeout);
        let standing = found.remove(&row.id).map(Arc::new);
        Ok(CourseStanding::new(row, standing))
    }
}
