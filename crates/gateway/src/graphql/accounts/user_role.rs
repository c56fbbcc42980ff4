use accounts::user_role;
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::EntityId;

use super::{PublicProfile, Role, keys::RoleById};
use crate::graphql::{context::Req, error::Result, node::node_type};

node_type! {
    /// Somebody has a role.
    UserRole(user_role::Model)
}

/// Somebody has a role, since when and by whose doing. You see your own; all with the permission `roles.read`.
#[Object]
impl UserRole {
    /// Names this assignment among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// When the role was given.
    async fn assigned_at(&self) -> DateTime<Utc> {
        self.0.assigned_at
    }

    /// Who gave it. Null when the system did, at registration.
    async fn assigned_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.assigned_by).await
    }

    /// Who has the role. Null when the account is not active.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.user_id)).await
    }

    /// The role. Null when it is gone.
    async fn role(&self, ctx: &Context<'_>) -> Option<Result<Role>> {
        ctx.req().loaders.load(RoleById(self.0.role_id)).await.map(|role| Some(role?.into())).transpose()
    }
}
