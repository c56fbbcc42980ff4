use async_graphql::{Context, Object};
use futures_util::future::try_join_all;
use kernel::{CourseId, Error};
use learning::progress::reading::{own_enrollment, to_continue};

use super::standing::MyCourseProgress;
use crate::graphql::{
    context::{Req, RequestContext},
    error::Result,
    id::Id,
};

#[derive(Default)]
pub struct StandingQuery;

/// The most courses to go on with.
const MOST: u64 = 50;

#[Object]
impl StandingQuery {
    /// Where you stand in a course that you take or have taken. Needs a sign-in as a person. Null when you never took it.
    async fn course_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] course_id: Id<CourseId>,
    ) -> Option<Result<MyCourseProgress>> {
        progress(ctx.req(), course_id).await.transpose()
    }

    /// The courses that you take at present, the one that you were at last first, each with what to open next and where to
    /// go on. Needs a sign-in as a person. Null when they can't be read.
    async fn continue_learning(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many; 10 when nothing is said, at most 50.")] first: Option<i32>,
    ) -> Option<Result<Vec<MyCourseProgress>>> {
        Some(continued(ctx.req(), first).await)
    }
}

async fn progress(req: &RequestContext, course: Id<CourseId>) -> Result<Option<MyCourseProgress>> {
    let course = course.at(&["courseId"])?;
    req.viewer().person()?;
    match own_enrollment(req.db().read(), &req.viewer(), course).await? {
        Some(enrollment) => Ok(Some(MyCourseProgress::load(req, enrollment).await?)),
        None => Ok(None),
    }
}

async fn continued(req: &RequestContext, first: Option<i32>) -> Result<Vec<MyCourseProgress>> {
    req.viewer().person()?;
    let first = u64::try_from(first.unwrap_or(10)).ok().filter(|first| *first <= MOST);
    let first = first.ok_or_else(|| Error::bad_input("first", format!("expected a number from 0 to {MOST}")))?;
    let enrollments = to_continue(req.db().read(), &req.viewer(), req.now, first).await?;
    try_join_all(enrollments.into_iter().map(|enrollment| MyCourseProgress::load(req, enrollment))).await
}
