use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::positive;

const TABLE: &str = "media_files";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let between = Expr::cust("\"processing_percent\" BETWEEN 0 AND 100");
        let percent = integer("processing_percent").default(0).check(between).take();
        db.alter_table(Table::alter().table(TABLE).add_column(percent).take()).await?;
        let version = positive(integer("version").default(1).take());
        db.alter_table(Table::alter().table(TABLE).add_column(version).take()).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for column in ["version", "processing_percent"] {
            db.alter_table(Table::alter().table(TABLE).drop_column(column).take()).await?;
        }
        Ok(())
    }
}
