use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    columns::{count, drop_tables},
    indexes::{create_indexes, index},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("throttles")
            .col(text("key_hash").primary_key())
            .col(count("taken"))
            .col(timestamp_with_time_zone("resets_at"))
            .take();
        db.create_table(table).await?;
        create_indexes(db, "throttles", [index("resets_at")]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["throttles"]).await
    }
}
