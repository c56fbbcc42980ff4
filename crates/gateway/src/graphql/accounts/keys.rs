//! What is loaded of accounts.

use accounts::{
    ApiTokenRow, ExportRow, ProfileRow, RoleRow, SessionRow, UserDetails, UserRow, account_deletion,
    api_token_permission,
    reading::{
        self, api_tokens_of_users, count_api_tokens_of_users, count_exports_of_users, count_holders_of_roles,
        count_roles_given_by, count_sessions_of_users, exports_of_users, holders_of_roles, roles_given_by,
        sessions_of_users,
    },
    user_role,
};
use kernel::{
    ApiTokenId, AuditEventId, DataExportId, Permission, Permissions, RoleId, SessionId, UserId, UserRoleId, Viewer,
    audit_event,
};
use sea_orm::ConnectionTrait;
use std::collections::HashMap;

use crate::graphql::keys::{edge, key};

key! {
    /// An account, for its owner and staff.
    UserById: UserId => UserRow, reading::users
}
key! {
    /// The rarely wanted columns of an account.
    DetailsOfUser: UserId => UserDetails, reading::user_details
}
key! {
    /// The public side of a person.
    ProfileById: UserId => ProfileRow, profiles
}
key! {
    /// A role.
    RoleById: RoleId => RoleRow, reading::roles
}
key! {
    /// What a role lets one do.
    PermissionsOfRole: RoleId => Vec<Permission>, permissions
}
key! {
    /// An assignment of a role.
    UserRoleById: UserRoleId => user_role::Model, reading::user_roles
}
key! {
    /// The roles a person has.
    RolesOfUser: UserId => Vec<user_role::Model>, reading::roles_of_users
}
key! {
    /// What a person may do.
    PermissionsOfUser: UserId => Permissions, accounts::permissions_of_users
}
key! {
    /// An event of the audit trail.
    AuditEventById: AuditEventId => audit_event::Model, accounts::audit_events
}
key! {
    /// A session.
    SessionById: SessionId => SessionRow, reading::sessions
}
key! {
    /// An API token.
    ApiTokenById: ApiTokenId => ApiTokenRow, reading::api_tokens
}
key! {
    /// What an API token was made for.
    ScopesOfToken: ApiTokenId => Vec<api_token_permission::Model>, scopes
}
edge! {
    /// A person's API tokens.
    ApiTokensOfUser, ApiTokenCountOfUser: UserId => ApiTokenRow, api_tokens_of_users, count_api_tokens_of_users
}
edge! {
    /// A person's sessions.
    SessionsOfUser, SessionCountOfUser: UserId => SessionRow, sessions_of_users, count_sessions_of_users
}
key! {
    /// A copy of one's data.
    ExportById: DataExportId => ExportRow, reading::exports
}
key! {
    /// An account that is about to be deleted.
    DeletionOfUser: UserId => account_deletion::Model, reading::deletions
}
edge! {
    /// A person's copies of their data.
    ExportsOfUser, ExportCountOfUser: UserId => ExportRow, exports_of_users, count_exports_of_users
}
edge! {
    /// The people with a role.
    HoldersOfRole, HolderCountOfRole: RoleId => user_role::Model, holders_of_roles, count_holders_of_roles
}
edge! {
    /// The assignments that a person made.
    RolesGivenBy, RoleCountGivenBy: UserId => user_role::Model, roles_given_by, count_roles_given_by
}

/// Everybody may see the public side of everybody.
async fn profiles(
    db: &impl ConnectionTrait,
    _: &Viewer,
    ids: &[UserId],
) -> kernel::Result<HashMap<UserId, ProfileRow>> {
    reading::profiles(db, ids).await
}

/// Asked only of roles that have been loaded, and so may be seen.
async fn permissions(
    db: &impl ConnectionTrait,
    _: &Viewer,
    ids: &[RoleId],
) -> kernel::Result<HashMap<RoleId, Vec<Permission>>> {
    reading::permissions_of(db, ids).await
}

/// Asked only of tokens that have been loaded, and so may be seen.
async fn scopes(
    db: &impl ConnectionTrait,
    _: &Viewer,
    ids: &[ApiTokenId],
) -> kernel::Result<HashMap<ApiTokenId, Vec<api_token_permission::Model>>> {
    reading::scopes_of(db, ids).await
}
