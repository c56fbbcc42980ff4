use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, blank_text, count, drop_tables, positive},
    indexes::{index, unique},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What somebody is granted at a quiz beyond what everybody has.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("quiz_accommodations")
            .belongs_to("user_id", "users")
            .belongs_to("quiz_id", "quizzes")
            .col(count("extra_minutes"))
            .col(positive(integer("time_percent")).default(100))
            .col(count("extra_attempts"))
            .col(timestamp_with_time_zone_null("opens_at"))
            .col(timestamp_with_time_zone_null("due_at"))
            .col(blank_text("reason"))
            .take();
        let indexes = [unique("user_id, quiz_id").living(), index("user_id"), index("quiz_id")];
        create_audited(db, "quiz_accommodations", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["quiz_accommodations"]).await
    }
}
