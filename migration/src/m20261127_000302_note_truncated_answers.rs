use sea_orm_migration::prelude::*;

use crate::columns::flag;

const TABLE: &str = "ai_chats";

#[derive(DeriveMigrationName)]
pub struct Migration;

/// An answer may be complete and yet not all that the model would have said.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.alter_table(Table::alter().table(TABLE).add_column(flag("is_truncated", false)).take()).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.alter_table(Table::alter().table(TABLE).drop_column("is_truncated").take()).await
    }
}
