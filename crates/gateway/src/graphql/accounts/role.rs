use accounts::RoleRow;
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::EntityId;

use super::{
    UserRole,
    keys::{HolderCountOfRole, HoldersOfRole, PermissionsOfRole},
};
use crate::graphql::{
    context::Req,
    error::Result,
    node::node_type,
    page::{Connection, edge},
};

node_type! {
    /// A role.
    Role(RoleRow)
}

/// Something that a role lets people do.
#[derive(SimpleObject)]
pub struct Permission {
    /// The stable code: `courses.create`.
    code: &'static str,
    /// What it lets one do, in a sentence.
    description: &'static str,
}

impl From<kernel::Permission> for Permission {
    fn from(permission: kernel::Permission) -> Self {
        Self { code: permission.code(), description: permission.says() }
    }
}

/// A role: a set of permissions that people are given together. You see your own; all with the permission `roles.read`.
#[Object]
impl Role {
    /// Names this role among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// The stable name: `instructor`.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The name for people: `Instructor`.
    async fn display_name(&self) -> &str {
        &self.0.display_name
    }

    /// What the role is for; may be empty.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// Does the role give its permissions at present?
    async fn is_active(&self) -> bool {
        self.0.is_active
    }

    /// Where the role stands among the others; the least comes first.
    async fn priority(&self) -> i32 {
        self.0.priority
    }

    /// What the role lets people do. Null when it can't be read.
    async fn permissions(&self, ctx: &Context<'_>) -> Option<Result<Vec<Permission>>> {
        let held = ctx.req().loaders.load(PermissionsOfRole(self.0.id)).await;
        Some(held.map(|held| held.iter().flat_map(|held| held.iter()).copied().map(Permission::from).collect()))
    }

    /// Who has been given the role, latest first, as far as you may see it. Null when it can't be read.
    async fn holders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<UserRole>>> {
        edge(ctx, self.0.id, (first, after, last, before), HoldersOfRole, HolderCountOfRole).await
    }

    /// When the role was created.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When the role was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }
}
