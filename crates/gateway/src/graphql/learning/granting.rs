//! Enrolling others, and what becomes of that.

use async_graphql::{Context, Object};
use learning::EnrollmentRow;

use super::{Enrollment, bulk, bulk::*, granting_inputs::*, policy_inputs::*};
use crate::graphql::{
    context::{Req, RequestContext},
    courses::Course,
    error::{Result, UserError, outcome},
    scalars::limit,
};

#[derive(Default)]
pub struct GrantMutation;

#[Object]
impl GrantMutation {
    /// Gives somebody a course, whatever it costs and asks for; a shop calls this after payment. For the owner and the
    /// instructors of the course. Null when you may not.
    async fn grant_enrollment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who gets which course.")] input: GrantEnrollmentInput,
    ) -> Option<Result<GrantEnrollmentPayload>> {
        let done = granted(ctx.req(), input).await;
        Some(done.map(|(enrollment, user_errors)| GrantEnrollmentPayload { enrollment, user_errors }))
    }

    /// Gives many people a course, each row as `grantEnrollment` would. For the owner and the instructors of the course.
    /// Null when you may not.
    async fn bulk_enroll(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who gets which course.")] input: BulkEnrollInput,
    ) -> Option<Result<BulkEnrollPayload>> {
        Some(bulk::enroll(ctx.req(), input).await)
    }

    /// Says until when somebody has a course; of who has left, until when they may come back. For the owner and the instructors of the course. Null when you may not.
    async fn extend_enrollment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose time ends when.")] input: ExtendEnrollmentInput,
    ) -> Option<Result<ExtendEnrollmentPayload>> {
        let done = extended(ctx.req(), input).await;
        Some(done.map(|(enrollment, user_errors)| ExtendEnrollmentPayload { enrollment, user_errors }))
    }

    /// Closes a course to somebody at once; they see that, and why. Their seat stays theirs. For the owner and the
    /// instructors of the course. Null when you may not.
    async fn suspend_enrollment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who may not go on, and why.")] input: SuspendEnrollmentInput,
    ) -> Option<Result<SuspendEnrollmentPayload>> {
        let done = suspended(ctx.req(), input).await;
        Some(done.map(|(enrollment, user_errors)| SuspendEnrollmentPayload { enrollment, user_errors }))
    }

    /// Lets somebody go on. For the owner and the instructors of the course. Null when you may not.
    async fn resume_enrollment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who may go on.")] input: ResumeEnrollmentInput,
    ) -> Option<Result<ResumeEnrollmentPayload>> {
        let done = resumed(ctx.req(), input).await;
        Some(done.map(|(enrollment, user_errors)| ResumeEnrollmentPayload { enrollment, user_errors }))
    }

    /// Says how many people a course takes in, whether one can wait for a seat, and for how long one has the course. Who is
    /// in stays in, for as long as was said then. Seats that this makes are offered to those who wait. Null when you may not.
    async fn set_enrollment_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On which terms which course takes people in.")] input: SetEnrollmentPolicyInput,
    ) -> Option<Result<SetEnrollmentPolicyPayload>> {
        Some(policy_set(ctx.req(), input).await)
    }
}

type Done = (Option<Enrollment>, Vec<UserError>);

fn done(result: kernel::Result<EnrollmentRow>) -> Result<Done> {
    let (row, user_errors) = outcome(result)?;
    Ok((row.map(Enrollment::from), user_errors))
}

async fn granted(req: &RequestContext, input: GrantEnrollmentInput) -> Result<Done> {
    let (course, who, grant) = input.into_domain()?;
    done(req.write(async |tx| learning::grant(tx, course, &who, grant).await).await)
}

async fn extended(req: &RequestContext, input: ExtendEnrollmentInput) -> Result<Done> {
    let id = input.enrollment_id.at(&["input", "enrollmentId"])?;
    let (end, over) = (limit(input.expires_at), input.over_capacity);
    done(req.write(async |tx| learning::extend_enrollment(tx, id, end, over).await).await)
}

async fn suspended(req: &RequestContext, input: SuspendEnrollmentInput) -> Result<Done> {
    let id = input.enrollment_id.at(&["input", "enrollmentId"])?;
    done(req.write(async |tx| learning::suspend_enrollment(tx, id, &input.reason).await).await)
}

async fn resumed(req: &RequestContext, input: ResumeEnrollmentInput) -> Result<Done> {
    let id = input.enrollment_id.at(&["input", "enrollmentId"])?;
    done(req.write(async |tx| learning::resume_enrollment(tx, id).await).await)
}

async fn policy_set(req: &RequestContext, input: SetEnrollmentPolicyInput) -> Result<SetEnrollmentPolicyPayload> {
    let (course, wanted) = input.into_domain()?;
    let write = req.write(async |tx| learning::set_enrollment_policy(tx, course, wanted).await);
    let (course, user_errors) = outcome(write.await)?;
    Ok(SetEnrollmentPolicyPayload { course: course.map(Course::from), user_errors })
}
