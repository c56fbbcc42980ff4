use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, drop_tables, not_negative, one_of},
    indexes::{create_indexes, index, unique},
};

const STATUS: [&str; 3] = ["running", "ready", "expired"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let exports = audited("data_exports")
            .belongs_to("user_id", "users")
            .col(one_of("status", &STATUS))
            .col(text_null("archive"))
            .col(not_negative(big_integer("size_bytes")))
            .col(timestamp_with_time_zone_null("ready_at"))
            .col(timestamp_with_time_zone_null("expires_at"))
            .take();
        let indexes = [
            index("user_id"),
            index("status, expires_at"),
            // One at a time.
            unique("user_id").only("is_deleted = FALSE AND status = 'running'"),
        ];
        create_audited(db, "data_exports", &exports, indexes).await?;
        let deletions = Table::create()
            .table("account_deletions")
            .col(uuid("user_id").primary_key())
            .foreign_key(
                ForeignKey::create()
                    .from_col("user_id")
                    .to("users", "id")
                    .on_delete(ForeignKeyAction::Restrict)
                    .on_update(ForeignKeyAction::Restrict),
            )
            .col(timestamp_with_time_zone("requested_at"))
            .col(timestamp_with_time_zone("due_at"))
            .may_belong_to("heir_id", "users")
            .take();
        db.create_table(deletions).await?;
        create_indexes(db, "account_deletions", [index("due_at"), index("heir_id")]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["account_deletions", "data_exports"]).await
    }
}
