use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::{
    columns::{References, blank_text, count, drop_tables, one_of, positive},
    indexes::{create_indexes, index},
};

const ON_SQLITE: &str = include_str!("tutor/sqlite.sql");
const ON_POSTGRES: &str = include_str!("tutor/postgres.sql");
const OFF_SQLITE: &str = include_str!("tutor/off_sqlite.sql");
const OFF_POSTGRES: &str = include_str!("tutor/off_postgres.sql");

/// A source for everything that is there. Without a condition SQLite would take `ON CONFLICT` for a part of the `SELECT`.
const BACKFILL: &str = "
    INSERT INTO tutor_sources (id, course_id) SELECT id, id FROM courses WHERE TRUE ON CONFLICT DO NOTHING;
    INSERT INTO tutor_sources (id, section_id) SELECT id, id FROM course_sections WHERE TRUE ON CONFLICT DO NOTHING;
    INSERT INTO tutor_sources (id, media_id) SELECT id, id FROM media_files WHERE TRUE ON CONFLICT DO NOTHING;
    INSERT INTO tutor_sources (id, media_id, caption_track_id) SELECT id, media_id, id FROM caption_tracks
        WHERE TRUE ON CONFLICT DO NOTHING";

const KINDS: [&str; 5] = ["course", "section", "media", "document", "captions"];

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What the tutor answers from. Triggers count the versions of what has words (`tutor_sources`), so that no mutation, job or
/// seed can forget to; the words are taken apart into passages when somebody asks. What a quiz holds has no source.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        create_sources(db).await?;
        create_passages(db).await?;
        let sql = if db.get_database_backend() == DbBackend::Postgres { ON_POSTGRES } else { ON_SQLITE };
        db.get_connection().execute_unprepared(sql).await?;
        db.get_connection().execute_unprepared(BACKFILL).await?;
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let sql = if db.get_database_backend() == DbBackend::Postgres { OFF_POSTGRES } else { OFF_SQLITE };
        db.get_connection().execute_unprepared(sql).await?;
        drop_tables(db, &["tutor_passages", "tutor_sources"]).await
    }
}

/// Each names the one thing that it is of; captions name their recording, too.
async fn create_sources(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("tutor_sources")
        .col(pk_uuid("id"))
        .may_belong_to("course_id", "courses")
        .may_belong_to("section_id", "course_sections")
        .may_belong_to("media_id", "media_files")
        .may_belong_to("caption_track_id", "caption_tracks")
        .col(positive(integer("version")).default(1).take())
        .col(count("indexed_version"))
        .take();
    db.create_table(table).await?;
    let indexes = ["course_id", "section_id", "media_id", "caption_track_id"].map(index);
    create_indexes(db, "tutor_sources", indexes).await
}

async fn create_passages(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("tutor_passages")
        .col(pk_uuid("id"))
        .belongs_to("source_id", "tutor_sources")
        .belongs_to("course_id", "courses")
        .col(one_of("kind", &KINDS))
        .col(count("position"))
        .col(string_len("language", 35))
        .col(blank_text("title"))
        .col(blank_text("words"))
        .col(integer_null("starts_at"))
        .col(integer_null("ends_at"))
        .take();
    db.create_table(table).await?;
    create_indexes(db, "tutor_passages", [index("source_id"), index("course_id")]).await
}
