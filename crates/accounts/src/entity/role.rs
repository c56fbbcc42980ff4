use kernel::RoleId;
use sea_orm::entity::prelude::*;

/// A bundle of permissions that people can be given.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RoleId,
    /// Unique among the living.
    pub name: String,
    pub display_name: String,
    #[sea_orm(column_type = "Text")]
    pub description: String,
    pub is_active: bool,
    /// Lower comes first.
    pub priority: i32,
}

impl ActiveModelBehavior for ActiveModel {}
