use kernel::UserId;
use sea_orm::entity::prelude::*;

/// Something that was asked with a key of the asker's own, so that it is done once however often it is asked.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    /// SHA-256 of who asked and their key, lower-case hex.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub key_hash: String,
    /// Who answers for the asking.
    pub user_id: UserId,
    /// What was asked, by a mark that only the installation can make: a body may hold a password to be guessed.
    #[sea_orm(column_type = "Text")]
    pub body_mark: String,
    /// What was answered, sealed. None until it is known.
    #[sea_orm(column_type = "Text")]
    pub answer: Option<String>,
    pub claimed_at: DateTimeUtc,
    /// From then on the key is as good as new.
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
