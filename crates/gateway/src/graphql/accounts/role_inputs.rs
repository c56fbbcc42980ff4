//! Inputs and payloads of what is done to roles.

use accounts::{NewRole, RoleChange};
use async_graphql::{ID, InputObject, SimpleObject};
use kernel::{RoleId, UserId};

use super::{Role, UserRole};
use crate::graphql::{error::UserError, id::Id, scalars::check_length};

/// A role to be.
#[derive(InputObject)]
pub struct CreateRoleInput {
    /// The stable name: 2 to 50 lower-case letters, digits and the characters `_ -`, beginning with a letter. Unique.
    name: String,
    /// The name for people: 1 to 100 characters.
    display_name: String,
    /// What it is for: at most 1,000 characters.
    #[graphql(default)]
    description: String,
    /// Where it stands: 0 to 1,000, the least comes first. Not above the best of your own roles.
    #[graphql(default = 500)]
    priority: i32,
    /// The codes of what it lets people do, as `permissions` lists them: only what you may do yourself. At most 100.
    #[graphql(default)]
    permissions: Vec<String>,
}

/// What to change of a role. What is left out, or null, stays as it is.
#[derive(InputObject)]
pub struct UpdateRoleInput {
    /// Which role. Not one that stands above the best of your own.
    id: Id<RoleId>,
    /// The stable name, as for a new role. Built-in roles keep theirs.
    name: Option<String>,
    /// The name for people: 1 to 100 characters.
    display_name: Option<String>,
    /// What it is for: at most 1,000 characters.
    description: Option<String>,
    /// Where it stands: 0 to 1,000, the least comes first. Not above the best of your own roles.
    priority: Option<i32>,
    /// The codes of all that it shall let people do. You add only what you may do yourself. At most 100.
    permissions: Option<Vec<String>>,
    /// Whether the role gives its permissions at present.
    is_active: Option<bool>,
}

/// Which role to delete.
#[derive(InputObject)]
pub struct DeleteRoleInput {
    /// Its id. Not that of a built-in role, nor of one that somebody has.
    pub id: Id<RoleId>,
}

/// Whom to give which role.
#[derive(InputObject)]
pub struct AssignRoleInput {
    /// The account.
    pub user_id: Id<UserId>,
    /// The role: one that holds nothing you lack and does not stand above the best of your own.
    pub role_id: Id<RoleId>,
}

/// Whom to take which role from.
#[derive(InputObject)]
pub struct RevokeRoleInput {
    /// The account.
    pub user_id: Id<UserId>,
    /// The role. Not one that stands above the best of your own.
    pub role_id: Id<RoleId>,
}

/// What came of making a role.
#[derive(SimpleObject)]
pub struct CreateRolePayload {
    /// The new role. Null when the input was refused.
    pub role: Option<Role>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of changing a role.
#[derive(SimpleObject)]
pub struct UpdateRolePayload {
    /// The role as it is now. Null when the input was refused.
    pub role: Option<Role>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of deleting a role.
#[derive(SimpleObject)]
pub struct DeleteRolePayload {
    /// The id of the role that is gone. Null when the input was refused.
    pub deleted_role_id: Option<ID>,
    /// Why it stays; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of giving a role.
#[derive(SimpleObject)]
pub struct AssignRolePayload {
    /// The assignment, which may have been there already. Null when the input was refused.
    pub user_role: Option<UserRole>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of taking a role.
#[derive(SimpleObject)]
pub struct RevokeRolePayload {
    /// The role that the person no longer has. Null when the input was refused.
    pub role: Option<Role>,
    /// Why they keep it; empty when all went well.
    pub user_errors: Vec<UserError>,
}

impl CreateRoleInput {
    pub fn into_domain(self) -> kernel::Result<NewRole> {
        check_length("permissions", self.permissions.len())?;
        Ok(NewRole {
            name: self.name,
            display_name: self.display_name,
            description: self.description,
            priority: self.priority,
            permissions: self.permissions,
        })
    }
}

impl UpdateRoleInput {
    pub fn into_domain(self) -> kernel::Result<(RoleId, RoleChange)> {
        check_length("permissions", self.permissions.as_ref().map_or(0, Vec::len))?;
        let change = RoleChange {
            name: self.name,
            display_name: self.display_name,
            description: self.description,
            priority: self.priority,
            permissions: self.permissions,
            is_active: self.is_active,
        };
        Ok((self.id.at(&["input", "id"])?, change))
    }
}
