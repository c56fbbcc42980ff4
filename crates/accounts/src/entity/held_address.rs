use kernel::UserId;
use sea_orm::entity::prelude::*;

/// An address that an account has left and can still go back to: nobody else gets it until then.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "held_addresses")]
pub struct Model {
    /// As in `users`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub email_key: String,
    pub user_id: UserId,
    pub held_until: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
