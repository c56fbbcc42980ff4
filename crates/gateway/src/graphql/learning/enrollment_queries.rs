use std::sync::Arc;

use async_graphql::{Context, Object};
use learning::listing;

use super::{
    Enrollment,
    enrollment_filter::{EnrollmentFilter, EnrollmentSort},
    enums::EnrollmentStatus,
};
use crate::graphql::{
    context::{Req, RequestContext},
    error::Result,
    page::{Arguments, Connection, Total, page_request},
};

#[derive(Default)]
pub struct EnrollmentQuery;

#[Object]
impl EnrollmentQuery {
    /// Your own enrolments, latest first. Null when they can't be read.
    async fn my_enrollments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that stand there at this moment.")] status: Option<EnrollmentStatus>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Enrollment>>> {
        Some(own(ctx.req(), status, (first, after, last, before)).await)
    }

    /// The enrolments that you may see: your own and those in courses that you work on. Null when they can't be read.
    #[expect(clippy::too_many_arguments, reason = "Relay's four, and two of the list")]
    async fn enrollments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrows the list; without it, everything you may see.")] filter: Option<EnrollmentFilter>,
        #[graphql(
            desc = "How the list is ordered; by another field than `ENROLLED` only with `courseId` or `userId`.",
            default_with = "EnrollmentSort::latest()"
        )]
        sort: EnrollmentSort,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Enrollment>>> {
        let arguments = (first, after, last, before);
        match filter.unwrap_or_default().into_domain() {
            Ok(filter) => Some(listed(ctx.req(), filter, sort, arguments).await),
            Err(error) => Some(Err(error.into())),
        }
    }
}

async fn own(
    req: &RequestContext,
    status: Option<EnrollmentStatus>,
    arguments: Arguments,
) -> Result<Connection<Enrollment>> {
    let user = Some(req.viewer().person()?);
    let filter = listing::EnrollmentFilter { status: status.map(Into::into), user, ..Default::default() };
    listed(req, filter, EnrollmentSort::latest(), arguments).await
}

pub async fn listed(
    req: &RequestContext,
    filter: listing::EnrollmentFilter,
    sort: EnrollmentSort,
    arguments: Arguments,
) -> Result<Connection<Enrollment>> {
    let (request, sort) = (page_request(arguments)?, sort.of(&filter)?);
    let page = listing::enrollments(req.db().read(), &req.viewer(), &filter, sort, req.now, &request).await?;
    let total: Total = Arc::new(move |req| {
        let filter = filter.clone();
        Box::pin(async move { Ok(listing::count_enrollments(req.db().read(), &req.viewer(), &filter, req.now).await?) })
    });
    Ok(Connection::new(page.map(Enrollment::from), total))
}
