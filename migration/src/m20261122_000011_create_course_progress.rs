use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, count, drop_tables, percentage},
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
        let table = audited("course_progress")
            .belongs_to("user_id", "users")
            .belongs_to("course_id", "courses")
            .may_belong_to("section_id", "course_sections")
            .may_belong_to("last_video_id", "media_files")
            .col(count("total_watch_time"))
            .col(percentage("completion_percentage"))
            .col(timestamp_with_time_zone("last_updated"))
            .take();
        let indexes = [
            unique("user_id, course_id").only("is_deleted = FALSE AND section_id IS NULL"),
            unique("user_id, course_id, section_id").only("is_deleted = FALSE AND section_id IS NOT NULL"),
            index("user_id, course_id"),
            index("course_id"),
            index("section_id"),
            index("last_video_id").only("last_video_id IS NOT NULL"),
        ];
        create_audited(db, "course_progress", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["course_progress"]).await
    }
}
