use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use kernel::EntityId;
use webhooks::WebhookRow;

use crate::graphql::{
    accounts::PublicProfile,
    context::Req,
    error::Result,
    node::node_type,
    scalars::{Url, texts},
};

node_type! {
    /// Where a program is told of what happens.
    Webhook(WebhookRow)
}

/// Why nothing is sent to a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "webhooks::PauseReason")]
pub enum WebhookPauseReason {
    /// Its owner wanted it so.
    ByOwner,
    /// For three days nothing that was sent has arrived.
    Failing,
    /// The receiver answered with the status 410: it is gone for good.
    Gone,
    /// The owner may not keep webhooks any more, or their account is not active.
    OwnerLostRights,
    /// The query can't be run any more.
    QueryRefused,
}

/// An address that is told of what happens: of every event in the feed, or of some types. Needs the permission
/// `webhooks.manage`. Its secret is shown once, when it is made, and never again.
#[Object]
impl Webhook {
    /// Names this webhook among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// Where deliveries are sent.
    async fn url(&self) -> Url {
        Url(self.0.url.clone())
    }

    /// The types of events that are sent: `course.published.v1`. Empty when all are.
    async fn types(&self) -> Vec<String> {
        texts(&self.0.types)
    }

    /// What is asked about each event, as the owner; the answer is sent. Null when the event itself is.
    async fn query(&self) -> Option<&str> {
        self.0.query.as_deref()
    }

    /// Is nothing sent at present? What happens meanwhile is sent when it goes on.
    async fn is_paused(&self) -> bool {
        self.0.paused_at.is_some()
    }

    /// Since when nothing is sent. Null when it goes on.
    async fn paused_at(&self) -> Option<DateTime<Utc>> {
        self.0.paused_at
    }

    /// Why nothing is sent. Null when it goes on.
    async fn pause_reason(&self) -> Option<WebhookPauseReason> {
        self.0.pause_reason.map(Into::into)
    }

    /// When the first of those failed since which nothing has arrived any more; three days later it is paused. Null when the last
    /// one has arrived.
    async fn first_failure_at(&self) -> Option<DateTime<Utc>> {
        self.0.failing_since
    }

    /// Until when the secret before the present one signs as well. Null when there is none, or no more.
    async fn previous_secret_expires_at(&self, ctx: &Context<'_>) -> Option<DateTime<Utc>> {
        self.0.previous_secret_until.filter(|until| *until > ctx.req().now)
    }

    /// Whose it is: they alone change it, and what is sent is what they may see. Null when the account is not active any
    /// more.
    async fn owner(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.user_id)).await
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it last changed; deliveries are no change.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }
}
