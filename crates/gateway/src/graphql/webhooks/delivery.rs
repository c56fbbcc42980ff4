use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::EntityId;
use webhooks::{DeliveryRow, queue::Attempt};

use super::{Webhook, keys::WebhookById};
use crate::graphql::{
    error::Result,
    events::{Event, keys::EventById},
    node::{node_type, one},
};

node_type! {
    /// Something that a webhook was told, or is to be told.
    WebhookDelivery(DeliveryRow)
}

/// How a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "webhooks::DeliveryState")]
pub enum WebhookDeliveryState {
    /// To be sent, for the first or for another time.
    Pending,
    /// The receiver has it.
    Delivered,
    /// Tried as often as it is. `redeliver` tries it again.
    Failed,
}

/// One attempt to send something.
#[derive(SimpleObject)]
pub struct WebhookAttempt {
    /// When it began.
    started_at: DateTime<Utc>,
    /// How long it took, in milliseconds.
    duration_milliseconds: i32,
    /// The HTTP status that the receiver answered with. Null when it did not answer.
    response_status: Option<i32>,
    /// The beginning of what it answered, 2 KiB at most. Null when it did not answer.
    response_excerpt: Option<String>,
    /// Why it failed, in a sentence. Null when it did not.
    failure: Option<String>,
}

impl From<Attempt> for WebhookAttempt {
    fn from(attempt: Attempt) -> Self {
        let Attempt { started_at, duration_milliseconds, status, excerpt, failure } = attempt;
        Self {
            started_at,
            duration_milliseconds,
            response_status: status.map(i32::from),
            response_excerpt: excerpt,
            failure,
        }
    }
}

/// What a webhook was told, or is to be told, of one event. Kept for 30 days after its end. Needs the permission
/// `webhooks.manage`.
#[Object]
impl WebhookDelivery {
    /// Names this delivery among all things, and in the header `webhook-id`: the same at every attempt. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// The webhook. Null when it was deleted.
    async fn webhook(&self, ctx: &Context<'_>) -> Option<Result<Webhook>> {
        one(ctx, Some(WebhookById(self.0.webhook_id))).await
    }

    /// What has happened. Null when somebody tries the webhook out, and when you may not read the feed.
    async fn event(&self, ctx: &Context<'_>) -> Option<Result<Event>> {
        one(ctx, self.0.event_id.map(EventById)).await
    }

    /// The type of the event: `course.published.v1`; `webhook.test.v1` when somebody tries the webhook out.
    #[graphql(name = "type")]
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// The id of the thing it is about. Of one thing everything is told in the order in which it happened, one after the other.
    async fn object_id(&self) -> ID {
        ID(self.0.object.clone())
    }

    /// How it stands.
    async fn state(&self) -> WebhookDeliveryState {
        self.0.state.into()
    }

    /// The last 20 attempts, the oldest first.
    async fn attempts(&self) -> Vec<WebhookAttempt> {
        let log = self.0.log.as_array().into_iter().flatten();
        log.filter_map(|attempt| serde_json::from_value::<Attempt>(attempt.clone()).ok()).map(Into::into).collect()
    }

    /// Before this time it is not tried again. Null when it is not to be sent any more.
    async fn next_attempt_at(&self) -> Option<DateTime<Utc>> {
        self.0.next_attempt_at
    }

    /// When it was put in the queue.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.enqueued_at
    }

    /// When it had arrived, or was given up. Null before.
    async fn finished_at(&self) -> Option<DateTime<Utc>> {
        self.0.finished_at
    }
}
