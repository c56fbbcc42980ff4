use kernel::{TotpSecretId, UserId};
use sea_orm::entity::prelude::*;

/// What an account's authenticator app and Lectern both know.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "totp_secrets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TotpSecretId,
    pub user_id: UserId,
    /// Sealed with the installation's key.
    #[sea_orm(column_type = "Text")]
    pub secret: String,
    /// Since when codes are asked for; none while the app has not shown its first.
    pub confirmed_at: Option<DateTimeUtc>,
    /// The newest half minute whose code has been used.
    pub last_step: i64,
}

impl ActiveModelBehavior for ActiveModel {}
