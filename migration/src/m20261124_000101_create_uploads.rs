use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, blank_text, drop_tables, one_of, positive},
    indexes::index,
};

const PURPOSE: [&str; 3] = ["media_file", "course_thumbnail", "avatar"];
const STATUS: [&str; 6] = ["open", "verifying", "completed", "rejected", "aborted", "expired"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("uploads")
            .belongs_to("user_id", "users")
            .may_belong_to("course_id", "courses")
            .may_belong_to("media_id", "media_files")
            .col(one_of("purpose", &PURPOSE))
            .col(string_len("file_name", 255))
            .col(string_len("mime_type", 100))
            .col(positive(big_integer("file_size")))
            .col(string_len("sha256", 64))
            .col(positive(big_integer("part_size")))
            .col(one_of("status", &STATUS).default("open"))
            .col(blank_text("reason"))
            .col(blank_text("multipart"))
            .col(timestamp_with_time_zone("expires_at"))
            .take();
        let indexes = [
            index("user_id, status"),
            index("course_id").only("course_id IS NOT NULL"),
            index("media_id").only("media_id IS NOT NULL"),
            index("status, expires_at"),
        ];
        create_audited(db, "uploads", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["uploads"]).await
    }
}
