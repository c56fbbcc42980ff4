use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    columns::{References, drop_tables},
    indexes::{create_indexes, index},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What was asked with a key of the asker's own, and what was answered.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("idempotency_keys")
            .col(text("key_hash").primary_key())
            .belongs_to("user_id", "users")
            .col(text("body_mark"))
            .col(text_null("answer"))
            .col(timestamp_with_time_zone("claimed_at"))
            .col(timestamp_with_time_zone("expires_at"))
            .take();
        db.create_table(table).await?;
        create_indexes(db, "idempotency_keys", [index("user_id"), index("expires_at")]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["idempotency_keys"]).await
    }
}
