use std::sync::Arc;

use async_graphql::{Context, Object};

use super::{AuditEvent, audit_event::AuditEventFilter};
use crate::graphql::{
    context::{Req, RequestContext},
    error::Result,
    page::{Arguments, Connection, Total, page_request},
};

#[derive(Default)]
pub struct TrailQuery;

#[Object]
impl TrailQuery {
    /// What was done by whom, newest first. Null when you may not read it, or it can't be read.
    async fn audit_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrows the list; without it, everything.")] filter: Option<AuditEventFilter>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<AuditEvent>>> {
        Some(audit_events(ctx.req(), filter.unwrap_or_default(), (first, after, last, before)).await)
    }
}

async fn audit_events(
    req: &RequestContext,
    filter: AuditEventFilter,
    arguments: Arguments,
) -> Result<Connection<AuditEvent>> {
    let (request, filter) = (page_request(arguments)?, filter.into_domain()?);
    let page = accounts::audit_trail(req.db().read(), &req.viewer(), &filter, &request).await?;
    let total: Total = Arc::new(move |req| {
        let filter = filter.clone();
        Box::pin(async move { Ok(accounts::count_audit_trail(req.db().read(), &req.viewer(), &filter).await?) })
    });
    Ok(Connection::new(page.map(AuditEvent::from), total))
}
