use accounts::SessionRow;
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::EntityId;

use super::{User, keys::UserById};
use crate::graphql::{context::Req, error::Result, node::node_type};

node_type! {
    /// A device that somebody signed in on.
    UserSession(SessionRow)
}

/// A device that you are or were signed in on. Its tokens are shown once, at sign-in, and never again.
#[Object]
impl UserSession {
    /// Names this session among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// From which address the session began.
    async fn ip_address(&self) -> &str {
        &self.0.ip_address
    }

    /// With which program the session began; may be empty.
    async fn user_agent(&self) -> &str {
        &self.0.user_agent
    }

    /// What the device calls itself: `Firefox on Linux`, `curl`; `Unknown device` when nobody can tell.
    async fn device_name(&self) -> String {
        accounts::device_name(&self.0.user_agent)
    }

    /// Is it the session of this very request?
    async fn is_current(&self, ctx: &Context<'_>) -> bool {
        ctx.req().viewer().session() == Some(self.0.id)
    }

    /// Can the session still be used?
    async fn is_active(&self) -> bool {
        self.0.is_active
    }

    /// Until when the access token is good.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.0.expires_at
    }

    /// Until when the session can be kept going with its refresh token.
    async fn refresh_expires_at(&self) -> DateTime<Utc> {
        self.0.refresh_expires_at
    }

    /// When the session was last used, at most a minute behind.
    async fn last_activity_at(&self) -> DateTime<Utc> {
        self.0.last_activity
    }

    /// When the session began.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When the session last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// Whose session it is. Null when the account is gone.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<User>> {
        ctx.req().loaders.load(UserById(self.0.user_id)).await.map(|user| Some(user?.into())).transpose()
    }
}
