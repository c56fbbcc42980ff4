use kernel::{RecoveryCodeId, UserId};
use sea_orm::entity::prelude::*;

/// Stands in for a lost authenticator, once.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_codes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RecoveryCodeId,
    pub user_id: UserId,
    /// SHA-256 of the account and the code, lower-case hex.
    #[sea_orm(column_type = "Text")]
    pub code_hash: String,
    pub used_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
