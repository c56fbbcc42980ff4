use kernel::UserId;
use sea_orm::entity::prelude::*;

/// Somebody wants their account to be deleted. Gone when they change their mind, or when it is done.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_deletions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    pub requested_at: DateTimeUtc,
    pub due_at: DateTimeUtc,
    /// Who gets the courses; without a name it is an administrator.
    pub heir_id: Option<UserId>,
}

impl ActiveModelBehavior for ActiveModel {}
