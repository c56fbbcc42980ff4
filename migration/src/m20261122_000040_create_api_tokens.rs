use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, drop_tables},
    indexes::{index, unique},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("api_tokens")
            .belongs_to("user_id", "users")
            .col(string_len("name", 100))
            .col(text("token_hash"))
            .col(timestamp_with_time_zone_null("expires_at"))
            .col(timestamp_with_time_zone_null("last_used_at"))
            .col(timestamp_with_time_zone_null("revoked_at"))
            .take();
        let indexes = [unique("token_hash"), index("user_id, created_at")];
        create_audited(db, "api_tokens", &table, indexes).await?;
        let permissions = Table::create()
            .table("api_token_permissions")
            .belongs_to("token_id", "api_tokens")
            .col(string_len("permission", 100))
            .primary_key(sea_query::Index::create().col("token_id").col("permission"))
            .take();
        db.create_table(permissions).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["api_token_permissions", "api_tokens"]).await
    }
}
