use kernel::{ChallengeId, UserId};
use sea_orm::entity::prelude::*;

/// Somebody has shown the right password and still owes a code.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "two_factor_challenges")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ChallengeId,
    pub user_id: UserId,
    /// SHA-256 of the token, lower-case hex.
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    pub expires_at: DateTimeUtc,
    /// How many codes have been shown for it.
    pub attempts: i32,
    pub used_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
