use std::sync::Arc;

use async_graphql::{Context, InputObject, Object};
use kernel::CourseId;
use learning::listing;

use super::{
    Enrollment,
    enums::{EnrollmentSource, EnrollmentStatus},
};
use crate::graphql::{
    context::{Req, RequestContext},
    error::Result,
    id::{Id, PersonId},
    page::{Arguments, Connection, Total, page_request},
};

/// Narrows a list of enrolments; what is not given does not narrow, and all that is given has to hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct EnrollmentFilter {
    /// Those that stand there at this moment.
    pub status: Option<EnrollmentStatus>,
    /// Those of this person: the id of an account or of a public profile.
    pub user_id: Option<Id<PersonId>>,
    /// Those in this course.
    pub course_id: Option<Id<CourseId>>,
    /// Those that came about like this.
    pub source: Option<EnrollmentSource>,
}

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

    /// The enrolments that you may see, latest first: your own and those in courses that you work on. Null when they can't
    /// be read.
    async fn enrollments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrows the list; without it, everything you may see.")] filter: Option<EnrollmentFilter>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Enrollment>>> {
        let arguments = (first, after, last, before);
        match filter.unwrap_or_default().into_domain() {
            Ok(filter) => Some(listed(ctx.req(), filter, arguments).await),
            Err(error) => Some(Err(error.into())),
        }
    }
}

impl EnrollmentFilter {
    fn into_domain(self) -> kernel::Result<listing::EnrollmentFilter> {
        Ok(listing::EnrollmentFilter {
            status: self.status.map(Into::into),
            user: self.user_id.map(|id| id.at(&["filter", "userId"])).transpose()?.map(Into::into),
            course: self.course_id.map(|id| id.at(&["filter", "courseId"])).transpose()?,
            source: self.source.map(Into::into),
        })
    }
}

async fn own(
    req: &RequestContext,
    status: Option<EnrollmentStatus>,
    arguments: Arguments,
) -> Result<Connection<Enrollment>> {
    let user = Some(req.viewer().person()?);
    let filter = listing::EnrollmentFilter { status: status.map(Into::into), user, ..Default::default() };
    listed(req, filter, arguments).await
}

async fn listed(
    req: &RequestContext,
    filter: listing::EnrollmentFilter,
    arguments: Arguments,
) -> Result<Connection<Enrollment>> {
    let request = page_request(arguments)?;
    let page = listing::enrollments(req.db().read(), &req.viewer(), &filter, req.now, &request).await?;
    let total: Total = Arc::new(move |req| {
        let filter = filter.clone();
        Box::pin(async move { Ok(listing::count_enrollments(req.db().read(), &req.viewer(), &filter, req.now).await?) })
    });
    Ok(Connection::new(page.map(Enrollment::from), total))
}
