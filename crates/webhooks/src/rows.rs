//! What is read of a table at a time. A secret never.

use kernel::{EventId, UserId, WebhookDeliveryId, WebhookId};
use sea_orm::{
    DerivePartialModel,
    prelude::{DateTimeUtc, Json},
};

use crate::{DeliveryState, PauseReason, webhook, webhook_delivery};

/// A webhook as those see it who keep webhooks.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "webhook::Entity")]
pub struct WebhookRow {
    pub id: WebhookId,
    pub user_id: UserId,
    pub url: String,
    pub types: Json,
    pub query: Option<String>,
    pub previous_secret_until: Option<DateTimeUtc>,
    pub failing_since: Option<DateTimeUtc>,
    pub paused_at: Option<DateTimeUtc>,
    pub pause_reason: Option<PauseReason>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl From<webhook::Model> for WebhookRow {
    fn from(row: webhook::Model) -> Self {
        let webhook::Model { id, user_id, url, types, query, previous_secret_until, .. } = row;
        let webhook::Model { failing_since, paused_at, pause_reason, created_at, updated_at, .. } = row;
        Self {
            id,
            user_id,
            url,
            types,
            query,
            previous_secret_until,
            failing_since,
            paused_at,
            pause_reason,
            created_at,
            updated_at,
        }
    }
}

/// A delivery as those see it who keep webhooks.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "webhook_delivery::Entity")]
pub struct DeliveryRow {
    pub id: WebhookDeliveryId,
    pub webhook_id: WebhookId,
    pub event_id: Option<EventId>,
    pub kind: String,
    pub object: String,
    pub state: DeliveryState,
    pub log: Json,
    pub next_attempt_at: Option<DateTimeUtc>,
    pub enqueued_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
}

impl From<webhook_delivery::Model> for DeliveryRow {
    fn from(row: webhook_delivery::Model) -> Self {
        let webhook_delivery::Model { id, webhook_id, event_id, kind, object, state, .. } = row;
        let webhook_delivery::Model { log, next_attempt_at, enqueued_at, finished_at, .. } = row;
        Self { id, webhook_id, event_id, kind, object, state, log, next_attempt_at, enqueued_at, finished_at }
    }
}
