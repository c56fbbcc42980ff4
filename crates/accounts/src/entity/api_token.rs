use kernel::{ApiTokenId, UserId};
use sea_orm::entity::prelude::*;

/// A token that a program acts with. Kept as a hash only.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_tokens")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ApiTokenId,
    /// Who made it, and answers for what is done with it.
    pub user_id: UserId,
    pub name: String,
    /// SHA-256 of the token, lower-case hex.
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    /// None: it does not expire.
    pub expires_at: Option<DateTimeUtc>,
    /// At most a minute behind.
    pub last_used_at: Option<DateTimeUtc>,
    pub revoked_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
