use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, blank_text, drop_tables, flag, json_object},
    indexes::{create_indexes, index, unique},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("user_sessions")
            .belongs_to("user_id", "users")
            .col(string_len("session_key", 255))
            .col(text("access_token"))
            .col(text("refresh_token"))
            .col(blank_text("ip_address"))
            .col(blank_text("user_agent"))
            .col(json_object("device_info"))
            .col(timestamp_with_time_zone("expires_at"))
            .col(timestamp_with_time_zone("refresh_expires_at"))
            .col(flag("is_active", true))
            .col(timestamp_with_time_zone("last_activity"))
            .take();
        let indexes = [
            unique("session_key"),
            unique("access_token"),
            unique("refresh_token"),
            index("user_id, is_active"),
            index("session_key, is_active"),
        ];
        create_audited(db, "user_sessions", &table, indexes).await?;
        let spent = Table::create()
            .table("spent_refresh_tokens")
            .col(text("token_hash").primary_key())
            .belongs_to("session_id", "user_sessions")
            .col(timestamp_with_time_zone("spent_at"))
            .take();
        db.create_table(spent).await?;
        let indexes = [index("session_id"), index("spent_at")];
        create_indexes(db, "spent_refresh_tokens", indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["spent_refresh_tokens", "user_sessions"]).await
    }
}
