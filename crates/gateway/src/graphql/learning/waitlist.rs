//! Waiting for a seat.

use std::sync::Arc;

use async_graphql::{Context, InputObject, Object, SimpleObject};
use kernel::CourseId;
use learning::waitlist::{self, Joined, reading};

use super::{WaitlistEntry, enrolling::missing};
use crate::graphql::{
    context::{Req, RequestContext},
    courses::Course,
    error::{Result, UserError, outcome},
    id::Id,
    page::{Arguments, Connection, Total, page_request},
};

/// For which course to wait.
#[derive(Debug, InputObject)]
pub struct JoinWaitlistInput {
    /// The course.
    pub course_id: Id<CourseId>,
}

/// What came of it.
#[derive(Default, SimpleObject)]
pub struct JoinWaitlistPayload {
    /// Your place on the list. Null when you did not come onto it.
    waitlist_entry: Option<WaitlistEntry>,
    /// The courses that you have to complete first; then `userErrors` says `ENROLLMENT_PREREQUISITES_MISSING`.
    missing_prerequisites: Vec<Course>,
    /// What stands against it; empty when all went well.
    user_errors: Vec<UserError>,
}

/// For which course to wait no more.
#[derive(Debug, InputObject)]
pub struct LeaveWaitlistInput {
    /// The course.
    pub course_id: Id<CourseId>,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct LeaveWaitlistPayload {
    /// What is left of your place. Null when you had none.
    waitlist_entry: Option<WaitlistEntry>,
    /// What stands against it; empty when all went well.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct WaitlistMutation;

#[Object]
impl WaitlistMutation {
    /// Puts yourself on the waitlist of a full course, whatever it costs; who is on it keeps their place. When a seat comes
    /// free it is offered to the first on the list, by a letter, and kept for a while: `enroll` takes it, or a grant of
    /// what costs something. Null when there is no such course for you.
    async fn join_waitlist(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For which course.")] input: JoinWaitlistInput,
    ) -> Option<Result<JoinWaitlistPayload>> {
        Some(join(ctx.req(), input).await)
    }

    /// Takes yourself off a waitlist. A seat that was kept for you goes to the next. Null when there is no such course for
    /// you.
    async fn leave_waitlist(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For which course.")] input: LeaveWaitlistInput,
    ) -> Option<Result<LeaveWaitlistPayload>> {
        Some(leave(ctx.req(), input).await)
    }
}

async fn join(req: &RequestContext, input: JoinWaitlistInput) -> Result<JoinWaitlistPayload> {
    let course = input.course_id.at(&["input", "courseId"])?;
    let (done, user_errors) = outcome(req.write(async |tx| waitlist::join(tx, course).await).await)?;
    match done {
        Some(Joined::On(row)) => Ok(JoinWaitlistPayload { waitlist_entry: Some(row.into()), ..Default::default() }),
        Some(Joined::Missing(ids)) => {
            let (missing_prerequisites, error) = missing(req, ids).await?;
            Ok(JoinWaitlistPayload { missing_prerequisites, user_errors: vec![error], ..Default::default() })
        }
        None => Ok(JoinWaitlistPayload { user_errors, ..Default::default() }),
    }
}

async fn leave(req: &RequestContext, input: LeaveWaitlistInput) -> Result<LeaveWaitlistPayload> {
    let course = input.course_id.at(&["input", "courseId"])?;
    let (left, user_errors) = outcome(req.write(async |tx| waitlist::leave(tx, course).await).await)?;
    Ok(LeaveWaitlistPayload { waitlist_entry: left.map(WaitlistEntry::from), user_errors })
}

#[derive(Default)]
pub struct WaitlistQuery;

#[Object]
impl WaitlistQuery {
    /// The waitlists that you are on, the longest wait first. Null when they can't be read.
    async fn my_waitlist(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<WaitlistEntry>>> {
        Some(own(ctx.req(), (first, after, last, before)).await)
    }

    /// Who waits for a seat in a course, in their order, as far as you may see it: yourself, and everybody when you work on
    /// the course. Null when it can't be read.
    async fn waitlist(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] course_id: Id<CourseId>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<WaitlistEntry>>> {
        Some(of_course(ctx.req(), course_id, (first, after, last, before)).await)
    }
}

async fn own(req: &RequestContext, arguments: Arguments) -> Result<Connection<WaitlistEntry>> {
    let (user, request) = (req.viewer().person()?, page_request(arguments)?);
    let page = reading::waits_of(req.db().read(), &req.viewer(), user, &request).await?;
    let total: Total = Arc::new(move |req| {
        Box::pin(async move { Ok(reading::count_waits_of(req.db().read(), &req.viewer(), user).await?) })
    });
    Ok(Connection::new(page.map(WaitlistEntry::from), total))
}

async fn of_course(
    req: &RequestContext,
    course: Id<CourseId>,
    arguments: Arguments,
) -> Result<Connection<WaitlistEntry>> {
    let (course, request) = (course.at(&["courseId"])?, page_request(arguments)?);
    let page = reading::list_of(req.db().read(), &req.viewer(), course, &request).await?;
    let total: Total = Arc::new(move |req| {
        Box::pin(async move { Ok(reading::count_list_of(req.db().read(), &req.viewer(), course).await?) })
    });
    Ok(Connection::new(page.map(WaitlistEntry::from), total))
}
