use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::{
    EntityId,
    events::{EventRow, type_of},
};

use crate::graphql::{accounts::PublicProfile, error::Result, node::node_type};

node_type! {
    /// Something that has happened.
    Event(EventRow)
}

/// Something that has happened, as the feed tells it: never changed, never taken out. It names things and does not describe
/// them: ask for what you need of them, so that you see no more than you may.
#[Object]
impl Event {
    /// Names this event among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// What has happened, and the version of what is told of it: `course.published.v1`. One of `eventTypes`.
    #[graphql(name = "type")]
    async fn kind(&self) -> String {
        type_of(&self.0.told.action)
    }

    /// When it happened. Who began earlier may have ended later: the order is that of the feed, and not of these times.
    async fn happened_at(&self) -> DateTime<Utc> {
        self.0.told.happened_at
    }

    /// The kind of thing it happened to: `course`.
    async fn object_type(&self) -> &str {
        &self.0.told.target_type
    }

    /// The id of the thing it happened to, for `node` and for what asks for it by its kind.
    async fn object_id(&self) -> ID {
        ID(self.0.told.target_id.clone())
    }

    /// The names of the fields that were changed, or that tell of it. Their values are not told.
    async fn changed_fields(&self) -> Vec<String> {
        self.0.told.changed_fields()
    }

    /// Who did it. Null when the system did, or somebody who had not signed in, and when the account is not active any
    /// more.
    async fn actor(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.told.actor_id).await
    }

    /// The id of the account that did it, active or not. Null when the system did, or somebody who had not signed in.
    async fn actor_id(&self) -> Option<ID> {
        self.0.told.actor_id.map(|actor| ID(actor.to_wire()))
    }
}
