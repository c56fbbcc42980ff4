use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, blank_text, count, drop_tables, flag, json_list, one_of, percentage, positive},
    indexes::{index, unique},
};

const STATUSES: [&str; 3] = ["in_progress", "submitted", "graded"];

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What is counted otherwise of a quiz than it was published, and what that made of each attempt. Nothing here is written over.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("quiz_regrades")
            .belongs_to("quiz_id", "quizzes")
            .col(positive(integer("number")))
            .col(blank_text("reason"))
            .col(json_list("changes"))
            .may_belong_to("undoes_id", "quiz_regrades")
            .col(count("changed_count"))
            .take();
        let indexes = [unique("quiz_id, number"), unique("undoes_id").living(), index("undoes_id")];
        create_audited(db, "quiz_regrades", &table, indexes).await?;
        let table = audited("regraded_attempts")
            .belongs_to("regrade_id", "quiz_regrades")
            .belongs_to("attempt_id", "quiz_attempts")
            .col(one_of("status_before", &STATUSES))
            .col(one_of("status_after", &STATUSES))
            .col(count("score_before"))
            .col(count("score_after"))
            .col(count("max_score_before"))
            .col(count("max_score_after"))
            .col(percentage("percentage_before"))
            .col(percentage("percentage_after"))
            .col(flag("is_passed_before", false))
            .col(flag("is_passed_after", false))
            .col(json_list("answers"))
            .take();
        let indexes = [unique("regrade_id, attempt_id"), index("attempt_id")];
        create_audited(db, "regraded_attempts", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["regraded_attempts", "quiz_regrades"]).await
    }
}
