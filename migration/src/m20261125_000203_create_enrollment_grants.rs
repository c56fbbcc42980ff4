use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, drop_tables, one_of},
    indexes::{index, unique},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Every time that somebody was given a course: an order is honoured once, however often the shop says so.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("enrollment_grants")
            .belongs_to("enrollment_id", "enrollments")
            .belongs_to("user_id", "users")
            .belongs_to("course_id", "courses")
            .col(one_of("source", &["self_service", "purchase", "grant"]))
            .col(string_len_null("reference", 200))
            .col(timestamp_with_time_zone_null("expires_at"))
            .take();
        let indexes = [
            unique("course_id, reference").only("is_deleted = FALSE AND reference IS NOT NULL"),
            index("enrollment_id"),
            index("user_id"),
            index("course_id"),
        ];
        create_audited(db, "enrollment_grants", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["enrollment_grants"]).await
    }
}
