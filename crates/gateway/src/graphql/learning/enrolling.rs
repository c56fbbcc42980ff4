//! Enrolling oneself, and leaving.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use futures_util::future::try_join_all;
use kernel::CourseId;
use learning::{Enrolled, rules::ENROLLMENT_PREREQUISITES_MISSING};

use super::{Enrollment, WaitlistEntry};
use crate::graphql::{
    context::{Req, RequestContext},
    courses::{Course, keys::CourseById},
    error::{Result, UserError, outcome},
    id::Id,
};

/// Which course to enrol in.
#[derive(Debug, InputObject)]
pub struct EnrollInput {
    /// The course.
    pub course_id: Id<CourseId>,
}

/// What came of enrolling. Of `enrollment` and `waitlistEntry` one is there when all went well.
#[derive(Default, SimpleObject)]
pub struct EnrollPayload {
    /// Your enrolment. Null when you were not taken in.
    enrollment: Option<Enrollment>,
    /// Your place on the waitlist, as the course is full. Null when you are in, or were refused.
    waitlist_entry: Option<WaitlistEntry>,
    /// The courses that you have to complete first; then `userErrors` says `ENROLLMENT_PREREQUISITES_MISSING`.
    missing_prerequisites: Vec<Course>,
    /// What stands against it; empty when all went well.
    user_errors: Vec<UserError>,
}

/// Which course to leave.
#[derive(Debug, InputObject)]
pub struct DropEnrollmentInput {
    /// The course.
    pub course_id: Id<CourseId>,
}

/// What came of leaving a course.
#[derive(SimpleObject)]
pub struct DropEnrollmentPayload {
    /// What is left of your enrolment. Null when you were not enrolled.
    enrollment: Option<Enrollment>,
    /// What stands against it; empty when all went well.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct EnrollmentMutation;

#[Object]
impl EnrollmentMutation {
    /// Enrols yourself in a published course that costs nothing at this moment. When it is full you come onto its
    /// waitlist, if it has one; a seat that was offered to you is taken by this, too. The same answer when you are enrolled
    /// or wait already. Who left comes back to where they were, also while the course is unpublished, and who was given the course or has bought it may do so
    /// whatever it costs by now. Who works on a course is not enrolled in it. Null when there is no such course for you.
    async fn enroll(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In which course.")] input: EnrollInput,
    ) -> Option<Result<EnrollPayload>> {
        Some(enroll(ctx.req(), input).await)
    }

    /// Takes yourself out of a course. What you did there is kept for when you come back, and a certificate stays yours.
    /// When your time is over there is nothing left to leave: `ENROLLMENT_EXPIRED`. Null when there is no such course for you.
    async fn drop_enrollment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course to leave.")] input: DropEnrollmentInput,
    ) -> Option<Result<DropEnrollmentPayload>> {
        Some(leave(ctx.req(), input).await)
    }
}

async fn enroll(req: &RequestContext, input: EnrollInput) -> Result<EnrollPayload> {
    let course = input.course_id.at(&["input", "courseId"])?;
    let (done, user_errors) = outcome(req.write(async |tx| learning::enroll(tx, course).await).await)?;
    match done {
        Some(Enrolled::In(row)) => Ok(EnrollPayload { enrollment: Some((*row).into()), ..Default::default() }),
        Some(Enrolled::Waiting(row)) => Ok(EnrollPayload { waitlist_entry: Some((*row).into()), ..Default::default() }),
        Some(Enrolled::Missing(ids)) => {
            let (missing_prerequisites, error) = missing(req, ids).await?;
            Ok(EnrollPayload { missing_prerequisites, user_errors: vec![error], ..Default::default() })
        }
        None => Ok(EnrollPayload { user_errors, ..Default::default() }),
    }
}

/// The courses that have to be completed first, and the error that names them.
pub async fn missing(req: &RequestContext, ids: Vec<CourseId>) -> Result<(Vec<Course>, UserError)> {
    let found = try_join_all(ids.iter().map(|id| req.loaders.load(CourseById(*id)))).await?;
    let courses: Vec<Course> = found.into_iter().flatten().map(Course::from).collect();
    let titles: Vec<&str> = courses.iter().map(|course| course.0.title.as_str()).collect();
    let message = format!("First complete: {}.", titles.join(", "));
    let error = (&ENROLLMENT_PREREQUISITES_MISSING.with("courseId", message)).into();
    Ok((courses, error))
}

async fn leave(req: &RequestContext, input: DropEnrollmentInput) -> Result<DropEnrollmentPayload> {
    let course = input.course_id.at(&["input", "courseId"])?;
    let (left, user_errors) = outcome(req.write(async |tx| learning::drop_enrollment(tx, course).await).await)?;
    Ok(DropEnrollmentPayload { enrollment: left.map(Enrollment::from), user_errors })
}
