//! What is read of a table at a time. Heavy columns come by themselves, and a password never.

use kernel::{ApiTokenId, DataExportId, InOrder, RoleId, SessionId, UserId};
use sea_orm::{
    DerivePartialModel,
    prelude::{DateTimeUtc, Json},
};

use crate::{ExportStatus, UserStatus, api_token, data_export, role, user, user_session};

/// An account, for its owner and for staff.
#[derive(Clone, Debug, DerivePartialModel, InOrder)]
#[sea_orm(entity = "user::Entity", from_query_result = "false")]
pub struct UserRow {
    pub id: UserId,
    pub email: String,
    pub username: Option<String>,
    pub full_name: String,
    pub display_name: String,
    pub avatar: Option<String>,
    pub phone: String,
    pub bio: String,
    pub status: UserStatus,
    pub email_verified: bool,
    pub phone_verified: bool,
    pub two_factor_enabled: bool,
    pub last_login: Option<DateTimeUtc>,
    pub is_superuser: bool,
    pub is_staff: bool,
    pub is_active: bool,
    pub date_joined: DateTimeUtc,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub created_by: Option<UserId>,
    pub updated_by: Option<UserId>,
}

/// The heavy and the rarely wanted columns of an account.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "user::Entity")]
pub struct UserDetails {
    pub id: UserId,
    pub metadata: Json,
    pub preferences: Json,
    pub last_login_ip: Option<String>,
    pub last_login_device: String,
}

/// What everybody may know of a person.
#[derive(Clone, Debug, DerivePartialModel, InOrder)]
#[sea_orm(entity = "user::Entity", from_query_result = "false")]
pub struct ProfileRow {
    pub id: UserId,
    pub full_name: String,
    pub display_name: String,
    pub avatar: Option<String>,
    pub bio: String,
    pub date_joined: DateTimeUtc,
}

/// A role.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "role::Entity")]
pub struct RoleRow {
    pub id: RoleId,
    pub name: String,
    pub display_name: String,
    pub description: String,
    pub is_active: bool,
    pub priority: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// An API token without its secret.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "api_token::Entity")]
pub struct ApiTokenRow {
    pub id: ApiTokenId,
    pub user_id: UserId,
    pub name: String,
    pub expires_at: Option<DateTimeUtc>,
    pub last_used_at: Option<DateTimeUtc>,
    pub revoked_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl From<api_token::Model> for ApiTokenRow {
    fn from(row: api_token::Model) -> Self {
        Self {
            id: row.id,
            user_id: row.user_id,
            name: row.name,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            revoked_at: row.revoked_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// A copy of one's data, without the archive.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "data_export::Entity")]
pub struct ExportRow {
    pub id: DataExportId,
    pub user_id: UserId,
    pub status: ExportStatus,
    pub size_bytes: i64,
    pub ready_at: Option<DateTimeUtc>,
    pub expires_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

/// A session without its tokens.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "user_session::Entity")]
pub struct SessionRow {
    pub id: SessionId,
    pub user_id: UserId,
    pub ip_address: String,
    pub user_agent: String,
    pub device_info: Json,
    pub expires_at: DateTimeUtc,
    pub refresh_expires_at: DateTimeUtc,
    pub is_active: bool,
    pub last_activity: DateTimeUtc,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl From<role::Model> for RoleRow {
    fn from(role: role::Model) -> Self {
        Self {
            id: role.id,
            name: role.name,
            display_name: role.display_name,
            description: role.description,
            is_active: role.is_active,
            priority: role.priority,
            created_at: role.created_at,
            updated_at: role.updated_at,
        }
    }
}
