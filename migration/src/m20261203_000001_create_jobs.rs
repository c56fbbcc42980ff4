use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    columns::{count, drop_tables, json_object, one_of, positive},
    indexes::{create_indexes, index, unique},
};

const STATUS: [&str; 4] = ["queued", "running", "done", "dead"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("jobs")
            .col(pk_uuid("id"))
            .col(string_len("kind", 50))
            .col(json_object("payload"))
            .col(one_of("status", &STATUS).default("queued"))
            .col(count("attempts"))
            .col(positive(integer("max_attempts")))
            .col(timestamp_with_time_zone("run_at"))
            .col(text_null("lease"))
            .col(timestamp_with_time_zone_null("locked_until"))
            .col(text_null("last_error"))
            .col(text_null("unique_key"))
            .col(timestamp_with_time_zone("enqueued_at"))
            .col(timestamp_with_time_zone_null("finished_at"))
            .take();
        db.create_table(table).await?;
        let indexes = [
            unique("unique_key").only("finished_at IS NULL"),
            // What workers ask for: what is due, and what was lost.
            index("run_at, id").only("status = 'queued'"),
            index("locked_until, id").only("status = 'running'"),
            // What is purged.
            index("finished_at").only("status = 'done'"),
            // What staff asks for.
            index("enqueued_at, id"),
            index("status, enqueued_at, id"),
            index("kind, enqueued_at, id"),
        ];
        create_indexes(db, "jobs", indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["jobs"]).await
    }
}
