use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, drop_tables, one_of, percentage},
    indexes::{index, unique},
};

const STATUS: [&str; 4] = ["active", "completed", "dropped", "expired"];
const SOURCE: [&str; 3] = ["self_service", "purchase", "grant"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("enrollments")
            .belongs_to("user_id", "users")
            .belongs_to("course_id", "courses")
            .col(timestamp_with_time_zone("enrolled_at"))
            .col(timestamp_with_time_zone_null("completed_at"))
            .col(timestamp_with_time_zone_null("expires_at"))
            .col(one_of("status", &STATUS).default("active"))
            .col(one_of("source", &SOURCE).default("self_service"))
            .col(percentage("progress_percentage"))
            .col(timestamp_with_time_zone_null("last_accessed"))
            .take();
        let indexes = [
            unique("user_id, course_id").living(),
            index("status"),
            index("user_id, status"),
            index("course_id, status"),
            index("user_id, enrolled_at DESC, id DESC").living(),
            index("course_id, enrolled_at DESC, id DESC").living(),
        ];
        create_audited(db, "enrollments", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["enrollments"]).await
    }
}
