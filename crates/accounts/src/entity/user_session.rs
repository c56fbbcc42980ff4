use kernel::{SessionId, UserId};
use sea_orm::entity::prelude::*;

/// One signed-in device. Tokens are kept as hashes only.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    pub user_id: UserId,
    pub session_key: String,
    /// SHA-256 of the token, lower-case hex.
    #[sea_orm(column_type = "Text")]
    pub access_token: String,
    /// SHA-256 of the token, lower-case hex.
    #[sea_orm(column_type = "Text")]
    pub refresh_token: String,
    #[sea_orm(column_type = "Text")]
    pub ip_address: String,
    #[sea_orm(column_type = "Text")]
    pub user_agent: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub device_info: Json,
    pub expires_at: DateTimeUtc,
    pub refresh_expires_at: DateTimeUtc,
    pub is_active: bool,
    pub last_activity: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
