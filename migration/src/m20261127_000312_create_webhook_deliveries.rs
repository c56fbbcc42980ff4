use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    columns::{References, count, drop_tables, json_list, one_of},
    indexes::{create_indexes, index, unique},
};

const TABLE: &str = "webhook_deliveries";

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What each webhook is to be told, and how that went. A queue of its own: which is next depends on what it is about.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let mut event = ForeignKey::create();
        event.from_col("event_id").to("events", "id");
        event.on_delete(ForeignKeyAction::Restrict).on_update(ForeignKeyAction::Restrict);
        let table = Table::create()
            .table(TABLE)
            .col(uuid("id").primary_key())
            .belongs_to("webhook_id", "webhooks")
            .col(uuid_null("event_id"))
            .foreign_key(&mut event)
            .col(big_integer("position"))
            .col(string_len("kind", 100))
            .col(text("object"))
            .col(one_of("state", &["pending", "delivered", "failed"]))
            .col(count("attempts"))
            .col(json_list("log"))
            .col(timestamp_with_time_zone_null("next_attempt_at"))
            .col(timestamp_with_time_zone_null("claimed_until"))
            .col(timestamp_with_time_zone("enqueued_at"))
            .col(timestamp_with_time_zone_null("finished_at"))
            .take();
        db.create_table(table).await?;
        let indexes = [
            unique("webhook_id, event_id"),
            index("event_id"),
            index("webhook_id, enqueued_at DESC, id DESC"),
            index("next_attempt_at").only("state = 'pending'"),
            index("webhook_id, object, position").only("state = 'pending'"),
            index("finished_at").only("finished_at IS NOT NULL"),
        ];
        create_indexes(db, TABLE, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &[TABLE]).await
    }
}
