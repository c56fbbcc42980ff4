use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::{
    columns::drop_tables,
    indexes::{create_indexes, index, unique},
};

const ON_SQLITE: &[&str] = &[
    "CREATE TRIGGER audit_events_feed AFTER INSERT ON audit_events BEGIN INSERT INTO events (id) VALUES (NEW.id); END",
];

const ON_POSTGRES: &[&str] = &[
    "CREATE FUNCTION audit_events_feed() RETURNS trigger LANGUAGE plpgsql AS \
     $$ BEGIN INSERT INTO events (id) VALUES (NEW.id); RETURN NULL; END $$",
    "CREATE TRIGGER audit_events_feed AFTER INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION audit_events_feed()",
];

/// What was done before there was a feed is in it, too.
const EARLIER: &str = "INSERT INTO events (id) SELECT id FROM audit_events ORDER BY happened_at, id";

/// The place of everything that was done in the feed of events. A trigger adds the row, so that no mutation, job or seed can
/// forget to, and none costs a statement more.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("events")
            .col(big_pk_auto("sequence"))
            .col(uuid("id"))
            .col(big_integer_null("position"))
            .take();
        db.create_table(table).await?;
        let indexes = [unique("id"), unique("position"), index("sequence").only("position IS NULL")];
        create_indexes(db, "events", indexes).await?;
        let triggers = if db.get_database_backend() == DbBackend::Postgres { ON_POSTGRES } else { ON_SQLITE };
        for statement in triggers.iter().chain([&EARLIER]) {
            db.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let off: &[&str] = match db.get_database_backend() {
            DbBackend::Postgres => &["DROP FUNCTION audit_events_feed() CASCADE"],
            _ => &["DROP TRIGGER audit_events_feed"],
        };
        for statement in off {
            db.get_connection().execute_unprepared(statement).await?;
        }
        drop_tables(db, &["events"]).await
    }
}
