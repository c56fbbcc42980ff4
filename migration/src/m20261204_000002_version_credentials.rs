use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// How often password or address have changed: what was asked for before the last time is void.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let column = integer("credentials_version").default(0).take();
        db.alter_table(Table::alter().table("users").add_column(column).take()).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.alter_table(Table::alter().table("users").drop_column("credentials_version").take()).await
    }
}
