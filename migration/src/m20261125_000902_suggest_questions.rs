use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, blank, blank_text, drop_tables, json_list, json_object, one_of, positive},
    indexes::{index, unique},
};

const RUN_STATES: [&str; 3] = ["running", "ready", "failed"];
const KINDS: [&str; 4] = ["multiple_choice", "true_false", "short_answer", "fill_in"];
const STATES: [&str; 3] = ["pending", "accepted", "rejected"];

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Questions that a machine proposes to authors: when they were asked for, and what became of each.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let runs = audited("suggestion_runs")
            .belongs_to("user_id", "users")
            .belongs_to("course_id", "courses")
            .col(json_list("section_ids"))
            .col(json_list("media_ids"))
            .col(positive(integer("wanted")))
            .col(one_of("status", &RUN_STATES).default("running"))
            .col(blank("model", 200))
            .col(blank("error_code", 100))
            .col(blank_text("error"))
            .take();
        // One at a time.
        let open = unique("course_id").only("is_deleted = FALSE AND status = 'running'");
        create_audited(db, "suggestion_runs", &runs, [open, index("user_id"), index("course_id")]).await?;
        let suggestions = audited("question_suggestions")
            .belongs_to("run_id", "suggestion_runs")
            .belongs_to("course_id", "courses")
            .col(integer("position").check(Expr::cust("\"position\" >= 0")))
            .col(one_of("kind", &KINDS))
            .col(text("question_text"))
            .col(json_object("content"))
            .col(blank_text("explanation"))
            .col(json_object("source"))
            .col(one_of("status", &STATES).default("pending"))
            .col(timestamp_with_time_zone_null("decided_at"))
            .may_belong_to("question_id", "quiz_questions")
            .take();
        let indexes = [
            index("run_id, position"),
            index("course_id, created_at, id"),
            index("question_id").only("question_id IS NOT NULL"),
        ];
        create_audited(db, "question_suggestions", &suggestions, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["question_suggestions", "suggestion_runs"]).await
    }
}
