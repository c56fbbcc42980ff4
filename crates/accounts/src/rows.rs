//! What is read of a table at a time. Heavy columns come by themselves, and a password never.

use kernel::{RoleId, SessionId, UserId};
use sea_orm::{
    DerivePartialModel,
    prelude::{DateTimeUtc, Json},
};

use crate::{UserStatus, role, user, user_session};

/// An account, for its owner and for staff.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "user::Entity")]
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
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "user::Entity")]
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
