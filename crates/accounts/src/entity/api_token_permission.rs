use kernel::ApiTokenId;
use sea_orm::entity::prelude::*;

/// One thing that a token lets a program do, by its code: as long as the token's owner may do it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token_permissions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_id: ApiTokenId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub permission: String,
}

impl ActiveModelBehavior for ActiveModel {}
