//! Inputs and payloads around webhooks.

use async_graphql::{InputObject, MaybeUndefined, SimpleObject};
use kernel::{WebhookDeliveryId, WebhookId};

use super::{Webhook, WebhookDelivery};
use crate::graphql::{error::UserError, id::Id, scalars::Url};

/// Where a program wants to be told of what.
#[derive(InputObject)]
pub struct CreateWebhookInput {
    /// Where deliveries are sent: an `https` address on the public internet, of at most 2,000 characters.
    pub url: Url,
    /// The types of events that are sent, as `eventTypes` lists them, at most 100. Without any: all, also those that there will
    /// be.
    pub types: Option<Vec<String>>,
    /// A query of this API. It is run about each event with your rights of that time, and its answer is sent as `data`. It may
    /// have the variables `$id: ID!` (the thing), `$event: ID!` and `$type: String!`. Without it the event itself is sent, as the
    /// feed gives it. Needs a sign-in as a person.
    pub query: Option<String>,
}

/// What came of making a webhook.
#[derive(SimpleObject)]
pub struct CreateWebhookPayload {
    /// The new webhook. Null when the input was refused.
    pub webhook: Option<Webhook>,
    /// What deliveries are signed with: `whsec_...`. Shown only here. Null when the input was refused.
    pub secret: Option<String>,
    /// What is wrong with the input: `WEBHOOK_URL_INVALID`, `WEBHOOK_URL_NOT_PUBLIC`, `WEBHOOK_TYPE_UNKNOWN`,
    /// `WEBHOOK_QUERY_INVALID`, `TOO_MANY_WEBHOOKS`.
    pub user_errors: Vec<UserError>,
}

/// What of a webhook shall be another. What is not given stays.
#[derive(InputObject)]
pub struct UpdateWebhookInput {
    /// Which webhook.
    pub id: Id<WebhookId>,
    /// Where deliveries are sent.
    pub url: Option<Url>,
    /// The types of events that are sent, at most 100; null or empty: all.
    pub types: MaybeUndefined<Vec<String>>,
    /// What is asked about each event; null: nothing, the event itself is sent.
    pub query: MaybeUndefined<String>,
    /// True: nothing is sent any more. False: it goes on, with all that it has missed.
    pub is_paused: Option<bool>,
}

/// What came of changing a webhook.
#[derive(SimpleObject)]
pub struct UpdateWebhookPayload {
    /// The webhook as it is now. Null when the input was refused.
    pub webhook: Option<Webhook>,
    /// What is wrong with the input: `WEBHOOK_URL_INVALID`, `WEBHOOK_URL_NOT_PUBLIC`, `WEBHOOK_TYPE_UNKNOWN`,
    /// `WEBHOOK_QUERY_INVALID`.
    pub user_errors: Vec<UserError>,
}

/// Which webhook to delete.
#[derive(InputObject)]
pub struct DeleteWebhookInput {
    /// Its id.
    pub id: Id<WebhookId>,
}

/// What came of deleting a webhook.
#[derive(SimpleObject)]
pub struct DeleteWebhookPayload {
    /// The webhook as it was. Null when it can't be read.
    pub webhook: Option<Webhook>,
    /// Always empty: what can't be deleted is not there.
    pub user_errors: Vec<UserError>,
}

/// Which webhook to try out.
#[derive(InputObject)]
pub struct TestWebhookInput {
    /// Its id.
    pub id: Id<WebhookId>,
}

/// What is sent to try a webhook out.
#[derive(SimpleObject)]
pub struct TestWebhookPayload {
    /// What will be sent. Ask for it again to see what came of it. Null when it can't be read.
    pub delivery: Option<WebhookDelivery>,
    /// Always empty: what can't be tried out is not there.
    pub user_errors: Vec<UserError>,
}

/// Which webhook shall have another secret.
#[derive(InputObject)]
pub struct RotateWebhookSecretInput {
    /// Its id.
    pub id: Id<WebhookId>,
}

/// What came of giving a webhook another secret.
#[derive(SimpleObject)]
pub struct RotateWebhookSecretPayload {
    /// The webhook. Null when it can't be read.
    pub webhook: Option<Webhook>,
    /// What deliveries are signed with from now on; for 24 hours the one before signs as well. Shown only here. Null when
    /// something went wrong.
    pub secret: Option<String>,
    /// Always empty: what has no secret is not there.
    pub user_errors: Vec<UserError>,
}

/// What to send again.
#[derive(InputObject)]
pub struct RedeliverInput {
    /// The id of a delivery, in any state.
    pub id: Id<WebhookDeliveryId>,
}

/// What came of sending something again.
#[derive(SimpleObject)]
pub struct RedeliverPayload {
    /// The delivery, back in the queue. Null when it can't be read.
    pub delivery: Option<WebhookDelivery>,
    /// Always empty: what can't be sent again is not there.
    pub user_errors: Vec<UserError>,
}
