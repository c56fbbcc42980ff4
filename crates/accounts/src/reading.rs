//! Batched reads: what loaders ask for.

use std::collections::HashMap;

use kernel::{
    ApiTokenId, DataExportId, Permission, Result, RoleId, Scalar, SessionId, Sort, UserId, UserRoleId, Viewer, by_keys,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::{
    ApiTokenRow, ExportRow, ProfileRow, RoleRow, SessionRow, UserDetails, UserRow, account_deletion, api_token,
    api_token_permission, data_export, role, role_permission, user, user_role, user_session,
};

/// Accounts by id.
pub async fn users(db: &impl ConnectionTrait, viewer: &Viewer, ids: &[UserId]) -> Result<HashMap<UserId, UserRow>> {
    by_keys(db, user::Entity::visible_to(viewer), user::Column::Id, ids, |row: &UserRow| row.id).await
}

/// The heavy columns of accounts.
pub async fn user_details(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[UserId],
) -> Result<HashMap<UserId, UserDetails>> {
    by_keys(db, user::Entity::visible_to(viewer), user::Column::Id, ids, |row: &UserDetails| row.id).await
}

/// Public profiles by the id of their user.
pub async fn profiles(db: &impl ConnectionTrait, ids: &[UserId]) -> Result<HashMap<UserId, ProfileRow>> {
    by_keys(db, user::Entity::public(), user::Column::Id, ids, |row: &ProfileRow| row.id).await
}

/// Roles by id.
pub async fn roles(db: &impl ConnectionTrait, viewer: &Viewer, ids: &[RoleId]) -> Result<HashMap<RoleId, RoleRow>> {
    by_keys(db, role::Entity::visible_to(viewer), role::Column::Id, ids, |row: &RoleRow| row.id).await
}

/// What each role lets one do. Ask only for roles the viewer may see.
#[expect(clippy::disallowed_methods, reason = "a grant is never soft-deleted")]
pub async fn permissions_of(db: &impl ConnectionTrait, ids: &[RoleId]) -> Result<HashMap<RoleId, Vec<Permission>>> {
    let grants = kernel::lists_of(
        db,
        role_permission::Entity::find(),
        (role_permission::Column::RoleId, |row: &role_permission::Model| row.role_id),
        ids,
        &[role_permission::Column::Permission],
    )
    .await?;
    let known = |rows: Vec<role_permission::Model>| {
        rows.iter().filter_map(|row| Permission::from_code(&row.permission)).collect()
    };
    Ok(grants.into_iter().map(|(role, rows)| (role, known(rows))).collect())
}

/// Who has been given which role, by id.
pub async fn user_roles(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[UserRoleId],
) -> Result<HashMap<UserRoleId, user_role::Model>> {
    by_keys(db, user_role::Entity::visible_to(viewer), user_role::Column::Id, ids, |row: &user_role::Model| row.id)
        .await
}

/// The roles that people have been given, oldest first.
pub async fn roles_of_users(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[UserId],
) -> Result<HashMap<UserId, Vec<user_role::Model>>> {
    let of = (user_role::Column::UserId, (|row| row.user_id) as fn(&user_role::Model) -> UserId);
    kernel::lists_of(
        db,
        user_role::Entity::visible_to(viewer),
        of,
        ids,
        &[user_role::Column::AssignedAt, user_role::Column::Id],
    )
    .await
}

/// Sessions by id.
pub async fn sessions(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[SessionId],
) -> Result<HashMap<SessionId, SessionRow>> {
    by_keys(db, user_session::Entity::visible_to(viewer), user_session::Column::Id, ids, |row: &SessionRow| row.id)
        .await
}

/// API tokens by id.
pub async fn api_tokens(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[ApiTokenId],
) -> Result<HashMap<ApiTokenId, ApiTokenRow>> {
    by_keys(db, api_token::Entity::visible_to(viewer), api_token::Column::Id, ids, |row: &ApiTokenRow| row.id).await
}

/// What each API token was made for, by code. Ask only for tokens the viewer may see.
#[expect(clippy::disallowed_methods, reason = "a scope is never soft-deleted")]
pub async fn scopes_of(
    db: &impl ConnectionTrait,
    ids: &[ApiTokenId],
) -> Result<HashMap<ApiTokenId, Vec<api_token_permission::Model>>> {
    use api_token_permission::{Column, Entity, Model};
    kernel::lists_of(db, Entity::find(), (Column::TokenId, |row: &Model| row.token_id), ids, &[Column::Permission])
        .await
}

/// Copies of one's data, by id.
pub async fn exports(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[DataExportId],
) -> Result<HashMap<DataExportId, ExportRow>> {
    by_keys(db, data_export::Entity::visible_to(viewer), data_export::Column::Id, ids, |row: &ExportRow| row.id).await
}

/// Accounts that are about to be deleted, by whose they are.
pub async fn deletions(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[UserId],
) -> Result<HashMap<UserId, account_deletion::Model>> {
    use account_deletion::{Column, Entity, Model};
    by_keys(db, Entity::visible_to(viewer), Column::UserId, ids, |row: &Model| row.user_id).await
}

/// The person behind a request; `None` when the account is gone.
pub async fn me(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Option<UserRow>> {
    let id = viewer.person()?;
    let own = user::Entity::visible_to(viewer).filter(user::Column::Id.eq(id));
    Ok(own.into_partial_model::<UserRow>().one(db).await?)
}

fn newest_sessions() -> Sort<user_session::Entity, SessionRow> {
    Sort::<_, SessionRow>::descending("newest")
        .by(user_session::Column::CreatedAt, |row| Scalar::Time(row.created_at))
        .by(user_session::Column::Id, |row| Scalar::Id(row.id.0))
}

fn newest_tokens() -> Sort<api_token::Entity, ApiTokenRow> {
    Sort::<_, ApiTokenRow>::descending("newest")
        .by(api_token::Column::CreatedAt, |row| Scalar::Time(row.created_at))
        .by(api_token::Column::Id, |row| Scalar::Id(row.id.0))
}

fn newest_exports() -> Sort<data_export::Entity, ExportRow> {
    Sort::<_, ExportRow>::descending("newest")
        .by(data_export::Column::CreatedAt, |row| Scalar::Time(row.created_at))
        .by(data_export::Column::Id, |row| Scalar::Id(row.id.0))
}

fn newest_assignments() -> Sort<user_role::Entity, user_role::Model> {
    Sort::<_, user_role::Model>::descending("newest")
        .by(user_role::Column::AssignedAt, |row| Scalar::Time(row.assigned_at))
        .by(user_role::Column::Id, |row| Scalar::Id(row.id.0))
}

kernel::edges! {
    /// People's sessions, newest first.
    sessions_of_users, count_sessions_of_users: SessionRow => UserId, user_session::Entity, UserId, |row| row.user_id, newest_sessions;
    /// People's API tokens, newest first.
    api_tokens_of_users, count_api_tokens_of_users: ApiTokenRow => UserId, api_token::Entity, UserId, |row| row.user_id, newest_tokens;
    /// People's copies of their data, newest first.
    exports_of_users, count_exports_of_users: ExportRow => UserId, data_export::Entity, UserId, |row| row.user_id, newest_exports;
    /// The people who have each role, latest first.
    holders_of_roles, count_holders_of_roles: user_role::Model => RoleId, user_role::Entity, RoleId, |row| row.role_id, newest_assignments;
    /// The roles that each person gave to others, latest first.
    roles_given_by, count_roles_given_by: user_role::Model => UserId, user_role::Entity, AssignedBy, |row| row.assigned_by.unwrap_or(row.user_id), newest_assignments;
}
