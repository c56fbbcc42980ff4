use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    columns::drop_tables,
    indexes::{create_indexes, index},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What the gateways have let through together.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("rate_buckets")
            .col(text("key_hash").primary_key())
            .col(big_integer("full_at"))
            .take();
        db.create_table(table).await?;
        create_indexes(db, "rate_buckets", [index("full_at")]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["rate_buckets"]).await
    }
}
