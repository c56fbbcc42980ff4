use accounts::ApiTokenRow;
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::EntityId;

use super::{
    User,
    keys::{ScopesOfToken, UserById},
};
use crate::graphql::{context::Req, error::Result, node::node_type};

node_type! {
    /// A token for a program.
    ApiToken(ApiTokenRow)
}

/// A token that lets a program do some of what you may do. Its secret is shown once, when it is made, and never again.
#[Object]
impl ApiToken {
    /// Names this token among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// What you called it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The codes of the permissions it was made with: `courses.create`. Each works as long as you hold it yourself. Null
    /// when they can't be read.
    async fn scopes(&self, ctx: &Context<'_>) -> Option<Result<Vec<String>>> {
        let scopes = ctx.req().loaders.load(ScopesOfToken(self.0.id)).await;
        let codes = |scope: &accounts::api_token_permission::Model| scope.permission.clone();
        Some(scopes.map(|scopes| scopes.iter().flat_map(|scopes| scopes.iter()).map(codes).collect()))
    }

    /// Can it be used? Not once it is revoked or expired.
    async fn is_active(&self, ctx: &Context<'_>) -> bool {
        self.0.revoked_at.is_none() && self.0.expires_at.is_none_or(|at| at > ctx.req().now)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it last changed; being used is no change.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// Until when it is good. Null when it does not expire.
    async fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.0.expires_at
    }

    /// When it was last used, at most a minute behind. Null when it never was.
    async fn last_used_at(&self) -> Option<DateTime<Utc>> {
        self.0.last_used_at
    }

    /// When it was revoked. Null when it was not.
    async fn revoked_at(&self) -> Option<DateTime<Utc>> {
        self.0.revoked_at
    }

    /// Who made it, and answers for what is done with it. Null when the account is gone.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<User>> {
        ctx.req().loaders.load(UserById(self.0.user_id)).await.map(|user| Some(user?.into())).transpose()
    }
}
