use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::{
    columns::{References, drop_tables, json_object},
    indexes::{create_indexes, index},
};

const ON_SQLITE: [&str; 2] = [
    "CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events \
     BEGIN SELECT RAISE(ABORT, 'audit_events is append-only'); END",
    "CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events \
     BEGIN SELECT RAISE(ABORT, 'audit_events is append-only'); END",
];

const ON_POSTGRES: [&str; 2] = [
    "CREATE FUNCTION audit_events_append_only() RETURNS trigger LANGUAGE plpgsql AS \
     $$ BEGIN RAISE EXCEPTION 'audit_events is append-only'; END $$",
    "CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events \
     FOR EACH STATEMENT EXECUTE FUNCTION audit_events_append_only()",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("audit_events")
            .col(pk_uuid("id"))
            .col(timestamp_with_time_zone("happened_at"))
            .may_belong_to("actor_id", "users")
            .col(string_len("action", 100))
            .col(string_len("target_type", 50))
            .col(string_len("target_id", 80))
            .col(json_object("before"))
            .col(json_object("after"))
            .col(text_null("reason"))
            .col(string_len_null("request_id", 64))
            .col(text_null("ip_address"))
            .take();
        db.create_table(table).await?;
        let indexes = [
            index("happened_at DESC, id DESC"),
            index("actor_id, happened_at DESC, id DESC").only("actor_id IS NOT NULL"),
            index("target_id, happened_at DESC, id DESC"),
            index("action, happened_at DESC, id DESC"),
        ];
        create_indexes(db, "audit_events", indexes).await?;
        // Whatever a fault or an intruder makes Lectern do, the trail of it stays.
        let triggers = if db.get_database_backend() == DbBackend::Postgres { ON_POSTGRES } else { ON_SQLITE };
        for trigger in triggers {
            db.get_connection().execute_unprepared(trigger).await?;
        }
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["audit_events"]).await?;
        if db.get_database_backend() == DbBackend::Postgres {
            db.get_connection().execute_unprepared("DROP FUNCTION audit_events_append_only()").await?;
        }
        Ok(())
    }
}
