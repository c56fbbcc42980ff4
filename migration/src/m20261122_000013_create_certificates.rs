use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, blank_text, drop_tables},
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
        let table = audited("certificates")
            .belongs_to("enrollment_id", "enrollments")
            .belongs_to("user_id", "users")
            .belongs_to("course_id", "courses")
            .col(string_len("serial", 64))
            .col(string_len("recipient_name", 255))
            .col(string_len("course_title", 255))
            .col(string_len("instructor_name", 255))
            .col(timestamp_with_time_zone("issued_at"))
            .col(timestamp_with_time_zone("completed_at"))
            .col(timestamp_with_time_zone_null("revoked_at"))
            .col(blank_text("revoked_reason"))
            .take();
        let indexes = [
            unique("serial"),
            unique("user_id, course_id").only("is_deleted = FALSE AND revoked_at IS NULL"),
            index("enrollment_id"),
            index("user_id"),
            index("course_id"),
        ];
        create_audited(db, "certificates", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["certificates"]).await
    }
}
