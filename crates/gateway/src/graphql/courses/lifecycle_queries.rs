use std::sync::Arc;

use async_graphql::{Context, Object};
use kernel::CourseId;

use super::{DeletedCourse, readiness::PublishReadiness};
use crate::{
    graphql::{
        context::{Req, RequestContext},
        error::Result,
        id::Id,
        page::{Arguments, Connection, Total, page_request},
    },
    readiness::publish_readiness,
};

#[derive(Default)]
pub struct LifecycleQuery;

#[Object]
impl LifecycleQuery {
    /// What stands between a course and its publication, and what its author may have forgotten. Null when you may not
    /// edit the course.
    async fn course_publish_readiness(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] id: Id<CourseId>,
    ) -> Option<Result<PublishReadiness>> {
        Some(readiness(ctx.req(), id).await)
    }

    /// The deleted courses that you may restore, the last deleted first. Null when they can't be read.
    async fn deleted_courses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<DeletedCourse>>> {
        Some(deleted(ctx.req(), (first, after, last, before)).await)
    }
}

async fn readiness(req: &RequestContext, id: Id<CourseId>) -> Result<PublishReadiness> {
    Ok(publish_readiness(req.db(), &req.viewer(), id.at(&["id"])?).await?.into())
}

async fn deleted(req: &RequestContext, arguments: Arguments) -> Result<Connection<DeletedCourse>> {
    let request = page_request(arguments)?;
    let page = courses::deleted_courses(req.db().read(), &req.viewer(), &request).await?;
    let total: Total =
        Arc::new(|req| Box::pin(async move { Ok(courses::count_deleted(req.db().read(), &req.viewer()).await?) }));
    Ok(Connection::new(page.map(DeletedCourse::from), total))
}
