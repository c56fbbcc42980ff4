use std::sync::Arc;

use async_graphql::{Context, Object};
use kernel::{
    PageRequest,
    events::{self, ACTIONS, type_of},
};

use super::Event;
use crate::{
    app::App,
    graphql::{
        context::{Req, RequestContext},
        error::Result,
        page::{Connection, Total, page_request},
        scalars::check_length,
    },
};

#[derive(Default)]
pub struct EventQuery;

#[Object]
impl EventQuery {
    /// Everything that has happened, in the order in which it came into the feed. Nothing ever comes in before what you have
    /// read: keep `endCursor` and go on from there, today or in a year. What is not committed is not in it. Null when you may
    /// not, or it can't be read.
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor; without it, from the beginning.")] after: Option<String>,
        #[graphql(desc = "Only events of these types, at most 100; without it, of all types.")] types: Option<
            Vec<String>,
        >,
    ) -> Option<Result<Connection<Event>>> {
        Some(feed(ctx.req(), (first, after), types.unwrap_or_default()).await)
    }

    /// The types of events that there are, by their names.
    async fn event_types(&self) -> Vec<String> {
        ACTIONS.iter().map(|action| type_of(action)).collect()
    }
}

async fn feed(
    req: &RequestContext,
    (first, after): (Option<i32>, Option<String>),
    types: Vec<String>,
) -> Result<Connection<Event>> {
    check_length("types", types.len())?;
    let request: PageRequest = page_request((first, after, None, None))?;
    if req.viewer().has(kernel::Permission::EventsRead) {
        catch_up(&req.app).await?;
    }
    let page = events::feed(req.db().read(), &req.viewer(), &types, &request).await?;
    let total: Total = Arc::new(move |req| {
        let types = types.clone();
        Box::pin(async move { Ok(events::count_events(req.db().read(), &req.viewer(), &types).await?) })
    });
    Ok(Connection::new(page.map(Event::from), total))
}

/// Gives what is committed its place in the feed, so that whoever has heard of a change finds it there.
pub async fn catch_up(app: &App) -> kernel::Result<()> {
    while events::has_unnumbered(app.db.read()).await?
        && app.write_as_system(async |tx| events::number(tx).await).await?
    {}
    Ok(())
}
