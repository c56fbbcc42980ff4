use std::sync::Arc;

use async_graphql::{Context, Object};
use kernel::{Error, Permission, WebhookId};
use webhooks::reading::{self, Which};

use super::{Webhook, WebhookDelivery, delivery::WebhookDeliveryState, keys::WebhookById};
use crate::graphql::{
    context::{Req, RequestContext},
    error::Result,
    id::Id,
    page::{Arguments, Connection, Total, page_request},
};

#[derive(Default)]
pub struct WebhookQuery;

#[Object]
impl WebhookQuery {
    /// All webhooks, newest first. Null when you may not, or they can't be read.
    async fn webhooks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Webhook>>> {
        Some(list(ctx.req(), (first, after, last, before)).await)
    }

    /// What a webhook was told and is to be told, newest first. What was delivered or given up is kept for 30 days. Null when
    /// there is no such webhook, or not for you.
    #[expect(clippy::too_many_arguments, reason = "Relay's four, and two of the list")]
    async fn webhook_deliveries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which webhook.")] webhook_id: Id<WebhookId>,
        #[graphql(desc = "Only those in this state; without it, all.")] state: Option<WebhookDeliveryState>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<WebhookDelivery>>> {
        Some(deliveries(ctx.req(), webhook_id, state, (first, after, last, before)).await)
    }
}

async fn list(req: &RequestContext, arguments: Arguments) -> Result<Connection<Webhook>> {
    let request = page_request(arguments)?;
    let page = reading::list(req.db().read(), &req.viewer(), &request).await?;
    let total: Total =
        Arc::new(move |req| Box::pin(async move { Ok(reading::count(req.db().read(), &req.viewer()).await?) }));
    Ok(Connection::new(page.map(Webhook::from), total))
}

async fn deliveries(
    req: &RequestContext,
    webhook: Id<WebhookId>,
    state: Option<WebhookDeliveryState>,
    arguments: Arguments,
) -> Result<Connection<WebhookDelivery>> {
    let request = page_request(arguments)?;
    let webhook = webhook.at(&["webhookId"])?;
    if !req.viewer().has(Permission::WebhooksManage) {
        return Err(Error::Denied.into());
    }
    req.loaders.load(WebhookById(webhook)).await?.ok_or(Error::NotFound)?;
    let which: Which = (webhook, state.map(Into::into));
    let page = reading::list_deliveries(req.db().read(), &req.viewer(), which, &request).await?;
    let total: Total = Arc::new(move |req| {
        Box::pin(async move { Ok(reading::count_deliveries(req.db().read(), &req.viewer(), which).await?) })
    });
    Ok(Connection::new(page.map(WebhookDelivery::from), total))
}
