use kernel::SessionId;
use sea_orm::entity::prelude::*;

/// A refresh token that has been used. Whoever shows it again has stolen it, or was stolen from.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "spent_refresh_tokens")]
pub struct Model {
    /// SHA-256 of the token, lower-case hex.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub token_hash: String,
    pub session_id: SessionId,
    pub spent_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
