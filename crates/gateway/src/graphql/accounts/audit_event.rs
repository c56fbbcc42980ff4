use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use kernel::{EntityId, UserId, audit_event};

use super::PublicProfile;
use crate::graphql::{error::Result, id::Id, node::node_type, scalars::Json};

node_type! {
    /// Something that was done.
    AuditEvent(audit_event::Model)
}

/// Something that was done, as the audit trail keeps it: never changed, never deleted. Secrets are not in it, and
/// personal data only by its first letter.
#[Object]
impl AuditEvent {
    /// Names this event among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// When it was done.
    async fn happened_at(&self) -> DateTime<Utc> {
        self.0.happened_at
    }

    /// Who did it. Null when the system did, or somebody who had not signed in, and when the account is not active any
    /// more.
    async fn actor(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.actor_id).await
    }

    /// The id of the account that did it, active or not. Null when the system did, or somebody who had not signed in.
    async fn actor_id(&self) -> Option<ID> {
        self.0.actor_id.map(|actor| ID(actor.to_wire()))
    }

    /// What was done, dotted and in the past tense: `user.suspended`.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// The kind of thing it was done to: `user`.
    async fn target_type(&self) -> &str {
        &self.0.target_type
    }

    /// The id of the thing it was done to.
    async fn target_id(&self) -> ID {
        ID(self.0.target_id.clone())
    }

    /// The changed fields as they were, by their names in the API.
    async fn before(&self) -> Json {
        Json(self.0.before.clone())
    }

    /// The changed fields as they became, by their names in the API.
    async fn after(&self) -> Json {
        Json(self.0.after.clone())
    }

    /// Why, in the words of who did it. Null when nobody asked for a reason.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// The id of the request that did it, as in the header `x-request-id` and in the log. Null when it was no request.
    async fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The address that the request came from. Null when it was no request.
    async fn ip_address(&self) -> Option<&str> {
        self.0.ip_address.as_deref()
    }
}

/// Narrows the audit trail; what is not given does not narrow, and all that is given has to hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct AuditEventFilter {
    /// Done by this account.
    actor_id: Option<Id<UserId>>,
    /// Of this kind: `user.suspended`.
    action: Option<String>,
    /// Done to the thing with this id.
    target_id: Option<ID>,
    /// At this time or later.
    from: Option<DateTime<Utc>>,
    /// Before this time.
    to: Option<DateTime<Utc>>,
}

impl AuditEventFilter {
    /// The filter in the words of the domain.
    pub fn into_domain(self) -> kernel::Result<accounts::AuditFilter> {
        Ok(accounts::AuditFilter {
            actor: self.actor_id.map(|actor| actor.at(&["filter", "actorId"])).transpose()?,
            action: self.action,
            target: self.target_id.map(|target| target.0),
            from: self.from,
            to: self.to,
        })
    }
}
