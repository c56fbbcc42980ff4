use sea_orm_migration::prelude::*;

use crate::{
    audited::{audited, create_audited},
    columns::{References, count, drop_tables, flag, percentage},
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
        let table = audited("video_progress")
            .belongs_to("user_id", "users")
            .belongs_to("video_id", "media_files")
            .belongs_to("course_id", "courses")
            .col(count("watch_time"))
            .col(count("last_position"))
            .col(flag("completed", false))
            .col(percentage("completion_percentage"))
            .take();
        let indexes = [
            unique("user_id, course_id, video_id").living(),
            index("user_id, course_id, completed"),
            index("course_id"),
            index("video_id"),
        ];
        create_audited(db, "video_progress", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["video_progress"]).await
    }
}
