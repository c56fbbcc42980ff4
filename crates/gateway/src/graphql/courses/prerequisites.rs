//! The courses that one should have taken before a course.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use futures_util::future::try_join_all;
use kernel::CourseId;

use super::{
    Course,
    keys::{CourseById, PrerequisitesOfCourse},
};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, UserError, outcome},
    id::Id,
    scalars::check_length,
};

/// What one should have taken before which course.
#[derive(Debug, InputObject)]
pub struct SetCoursePrerequisitesInput {
    /// The course.
    pub course_id: Id<CourseId>,
    /// The courses that one should have taken before, in this order: all of them, at most 20. None of them may ask for
    /// this one, by way of however many others.
    pub course_ids: Vec<Id<CourseId>>,
}

/// What came of saying what one should have taken before.
#[derive(SimpleObject)]
pub struct SetCoursePrerequisitesPayload {
    /// The course. Null when the input was refused.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct PrerequisiteMutation;

#[Object]
impl PrerequisiteMutation {
    /// Says which courses one should have taken before a course. Null when you may not.
    async fn set_course_prerequisites(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which before which.")] input: SetCoursePrerequisitesInput,
    ) -> Option<Result<SetCoursePrerequisitesPayload>> {
        Some(set(ctx.req(), input).await)
    }
}

async fn set(req: &RequestContext, input: SetCoursePrerequisitesInput) -> Result<SetCoursePrerequisitesPayload> {
    check_length("courseIds", input.course_ids.len())?;
    let id = input.course_id.at(&["input", "courseId"])?;
    let wanted = input.course_ids.into_iter().map(|id| id.at(&["input", "courseIds"]));
    let wanted = wanted.collect::<kernel::Result<Vec<_>>>()?;
    let (course, user_errors) = outcome(req.write(async |tx| courses::set_prerequisites(tx, id, wanted).await).await)?;
    Ok(SetCoursePrerequisitesPayload { course: course.map(Course::from), user_errors })
}

/// Those that the viewer sees, in their order.
pub async fn of_course(req: &RequestContext, course: CourseId) -> Result<Vec<Course>> {
    let Some(ids) = req.loaders.load(PrerequisitesOfCourse(course)).await? else {
        return Ok(vec![]);
    };
    let found = try_join_all(ids.iter().map(|id| req.loaders.load(CourseById(*id)))).await?;
    Ok(found.into_iter().flatten().map(Course::from).collect())
}
