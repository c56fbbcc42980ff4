use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, drop_tables},
    indexes::{index, unique},
};

const OUTCOME: &str = "\"outcome\" IN ('enrolled', 'left', 'lapsed')";

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Who waits for a seat, in which order, and what became of it.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("waitlist_entries")
            .belongs_to("user_id", "users")
            .belongs_to("course_id", "courses")
            .col(timestamp_with_time_zone("joined_at"))
            .col(timestamp_with_time_zone_null("offered_at"))
            .col(timestamp_with_time_zone_null("offer_expires_at"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .col(string_len_null("outcome", 20).check(Expr::cust(OUTCOME)))
            .take();
        let indexes = [
            unique("user_id, course_id").only("is_deleted = FALSE AND ended_at IS NULL"),
            index("course_id, joined_at, id").only("is_deleted = FALSE AND ended_at IS NULL"),
            index("user_id"),
            index("course_id"),
        ];
        create_audited(db, "waitlist_entries", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["waitlist_entries"]).await
    }
}
