use kernel::{RoleId, UserId, UserRoleId};
use sea_orm::entity::prelude::*;

/// Somebody has a role. One row per pair.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_roles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserRoleId,
    pub user_id: UserId,
    pub role_id: RoleId,
    pub assigned_at: DateTimeUtc,
    pub assigned_by: Option<UserId>,
}

impl ActiveModelBehavior for ActiveModel {}
