use async_graphql::{Context, Object};
use kernel::Permission;
use webhooks::{NewWebhook, WebhookChange};

use super::inputs::{
    CreateWebhookInput, CreateWebhookPayload, DeleteWebhookInput, DeleteWebhookPayload, RedeliverInput,
    RedeliverPayload, RotateWebhookSecretInput, RotateWebhookSecretPayload, TestWebhookInput, TestWebhookPayload,
    UpdateWebhookInput, UpdateWebhookPayload,
};
use crate::{
    graphql::{
        context::{Req, RequestContext},
        error::{Result, outcome},
        events::catch_up,
        scalars::{check_length, cleared, limit},
    },
    webhooks::check_query,
};

#[derive(Default)]
pub struct WebhookMutation;

#[Object]
impl WebhookMutation {
    /// Makes a webhook: what happens from now on is sent there, signed as Standard Webhooks says, at least once, and of each thing
    /// in its order. What does not arrive is tried again for three days. You can have 20. Null when you may not.
    async fn create_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where it is, and what it is told.")] input: CreateWebhookInput,
    ) -> Option<Result<CreateWebhookPayload>> {
        Some(create(ctx.req(), input).await)
    }

    /// Changes a webhook of yours, pauses it, or lets it go on after a pause. One with a query is changed by a person and not by
    /// a program. Null when there is none such, or not for you.
    async fn update_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which webhook, and what of it shall be another.")] input: UpdateWebhookInput,
    ) -> Option<Result<UpdateWebhookPayload>> {
        Some(update(ctx.req(), input).await)
    }

    /// Deletes a webhook, of yours or of somebody else: nothing more is sent there. Null when there is none such, or not for
    /// you.
    async fn delete_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which webhook.")] input: DeleteWebhookInput,
    ) -> Option<Result<DeleteWebhookPayload>> {
        Some(delete(ctx.req(), input).await)
    }

    /// Sends something to a webhook of yours to try it out, of the type `webhook.test.v1`; once, also while it is paused. Null
    /// when there is none such, or not for you.
    async fn test_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which webhook.")] input: TestWebhookInput,
    ) -> Option<Result<TestWebhookPayload>> {
        Some(test(ctx.req(), input).await)
    }

    /// Gives a webhook of yours another secret. For 24 hours the one before signs as well. Null when there is none such, or not
    /// for you.
    async fn rotate_webhook_secret(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which webhook.")] input: RotateWebhookSecretInput,
    ) -> Option<Result<RotateWebhookSecretPayload>> {
        Some(rotate(ctx.req(), input).await)
    }

    /// Sends something to a webhook of yours again, whether it has arrived or was given up; what waits for its next attempt is
    /// tried at once. Null when there is none such, or not for you.
    async fn redeliver(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to send again.")] input: RedeliverInput,
    ) -> Option<Result<RedeliverPayload>> {
        Some(redeliver(ctx.req(), input).await)
    }
}

async fn create(req: &RequestContext, input: CreateWebhookInput) -> Result<CreateWebhookPayload> {
    let types = input.types.unwrap_or_default();
    check_length("types", types.len())?;
    let new = NewWebhook { url: input.url.0, types, query: input.query };
    let made = async {
        try_query(req, new.query.as_deref()).await?;
        if req.viewer().has(Permission::WebhooksManage) {
            // What was done before is not sent.
            catch_up(&req.app).await?;
        }
        let (key, reach) = (req.app.secret_key()?, req.app.webhooks.reach);
        req.write(async |tx| webhooks::create(tx, key, reach, new).await).await
    };
    let (made, user_errors) = outcome(made.await)?;
    let (webhook, secret) = made.map(|(webhook, secret)| (webhook.into(), secret)).unzip();
    Ok(CreateWebhookPayload { webhook, secret, user_errors })
}

/// Runs it as who asks; only for those who may have it run then.
async fn try_query(req: &RequestContext, query: Option<&str>) -> kernel::Result<()> {
    match query {
        Some(query) if req.viewer().has(Permission::WebhooksManage) => {
            req.viewer().person()?;
            check_query(&req.app, req.viewer(), query).await
        }
        _ => Ok(()),
    }
}

async fn update(req: &RequestContext, input: UpdateWebhookInput) -> Result<UpdateWebhookPayload> {
    let id = input.id.at(&["input", "id"])?;
    let types = cleared(input.types);
    check_length("types", types.as_ref().map_or(0, Vec::len))?;
    let (url, query) = (input.url.map(|url| url.0), limit(input.query));
    let change = WebhookChange { url, types, query, is_paused: input.is_paused };
    let changed = async {
        try_query(req, change.query.as_ref().and_then(Option::as_deref)).await?;
        let reach = req.app.webhooks.reach;
        req.write(async |tx| webhooks::update(tx, reach, id, change).await).await
    };
    let (webhook, user_errors) = outcome(changed.await)?;
    Ok(UpdateWebhookPayload { webhook: webhook.map(Into::into), user_errors })
}

async fn delete(req: &RequestContext, input: DeleteWebhookInput) -> Result<DeleteWebhookPayload> {
    let id = input.id.at(&["input", "id"])?;
    let webhook = req.write(async |tx| webhooks::delete(tx, id).await).await?;
    Ok(DeleteWebhookPayload { webhook: Some(webhook.into()), user_errors: vec![] })
}

async fn test(req: &RequestContext, input: TestWebhookInput) -> Result<TestWebhookPayload> {
    let id = input.id.at(&["input", "id"])?;
    let delivery = req.write(async |tx| webhooks::test(tx, id).await).await?;
    Ok(TestWebhookPayload { delivery: Some(delivery.into()), user_errors: vec![] })
}

async fn rotate(req: &RequestContext, input: RotateWebhookSecretInput) -> Result<RotateWebhookSecretPayload> {
    let id = input.id.at(&["input", "id"])?;
    let key = req.app.secret_key()?;
    let (webhook, secret) = req.write(async |tx| webhooks::rotate(tx, key, id).await).await?;
    Ok(RotateWebhookSecretPayload { webhook: Some(webhook.into()), secret: Some(secret), user_errors: vec![] })
}

async fn redeliver(req: &RequestContext, input: RedeliverInput) -> Result<RedeliverPayload> {
    let id = input.id.at(&["input", "id"])?;
    let delivery = req.write(async |tx| webhooks::redeliver(tx, id).await).await?;
    Ok(RedeliverPayload { delivery: Some(delivery.into()), user_errors: vec![] })
}
