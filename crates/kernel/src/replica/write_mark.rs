use sea_orm::entity::prelude::*;

use crate::UserId;

/// How often somebody has written. It refers to nobody: a reference would lock the person's row with every write of theirs.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "write_marks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub actor: UserId,
    pub mark: i64,
}

impl ActiveModelBehavior for ActiveModel {}
