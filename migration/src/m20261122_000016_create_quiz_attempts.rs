use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, count, drop_tables, flag, one_of, percentage, positive},
    indexes::{index, unique},
};

const STATUS: [&str; 3] = ["in_progress", "submitted", "graded"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("quiz_attempts")
            .belongs_to("user_id", "users")
            .belongs_to("quiz_id", "quizzes")
            .col(positive(integer("attempt_number")))
            .col(one_of("status", &STATUS).default("in_progress"))
            .col(timestamp_with_time_zone("started_at"))
            .col(timestamp_with_time_zone_null("expires_at"))
            .col(timestamp_with_time_zone_null("completed_at"))
            .col(count("score"))
            .col(percentage("percentage"))
            .col(flag("is_passed", false))
            .col(count("time_taken"))
            .col(positive(integer("quiz_version")).default(1))
            .col(big_integer("seed").default(0))
            .take();
        let indexes =
            [unique("user_id, quiz_id, attempt_number").living(), index("user_id, quiz_id"), index("quiz_id")];
        create_audited(db, "quiz_attempts", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["quiz_attempts"]).await
    }
}
