use std::sync::Arc;

use async_graphql::{Context, Object};
use kernel::jobs::reading;

use super::{Job, inputs::JobFilter};
use crate::graphql::{
    context::{Req, RequestContext},
    error::Result,
    page::{Arguments, Connection, Total, page_request},
};

#[derive(Default)]
pub struct JobQuery;

#[Object]
impl JobQuery {
    /// The jobs in the background, newest first: those that wait, run, are dead, and the done ones of the last seven
    /// days. Null when you may not, or they can't be read.
    async fn jobs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrows the list; without it, all jobs.")] filter: Option<JobFilter>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Job>>> {
        Some(jobs(ctx.req(), filter.unwrap_or_default(), (first, after, last, before)).await)
    }
}

async fn jobs(req: &RequestContext, filter: JobFilter, arguments: Arguments) -> Result<Connection<Job>> {
    let (request, filter) = (page_request(arguments)?, kernel::jobs::JobFilter::from(filter));
    let page = reading::list(req.db().read(), &req.viewer(), &filter, &request).await?;
    let total: Total = Arc::new(move |req| {
        let filter = filter.clone();
        Box::pin(async move { Ok(reading::count(req.db().read(), &req.viewer(), &filter).await?) })
    });
    Ok(Connection::new(page.map(Job::from), total))
}
