use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, blank, blank_text, drop_tables, flag, one_of},
    indexes::{create_indexes, index, unique},
};

const CHATS: &str = "ai_chats";
const STATES: [&str; 4] = ["pending", "streaming", "complete", "failed"];
const RESTRICTIONS: [&str; 3] = ["allowed", "hints", "blocked"];

// The texts of the checks name no other column, so that each can be dropped with its own.
const FAILURES: &str =
    "\"failure\" IN ('unavailable', 'timed_out', 'cut_off', 'unreadable', 'refused', 'interrupted', 'attempt_open')";
const RATINGS: &str = "\"rating\" IN ('helpful', 'unhelpful')";

/// A conversation for all exchanges that had none but a number in common.
const BACKFILL: &str = "
    INSERT INTO tutor_conversations
        (id, user_id, course_id, title, last_asked_at, created_at, updated_at, created_by, updated_by)
    SELECT session_id, user_id, course_id, substr(message, 1, 100), last, created_at, last, created_by, updated_by
    FROM (
        SELECT chat.*, max(created_at) OVER (PARTITION BY session_id) AS last,
            row_number() OVER (PARTITION BY session_id ORDER BY created_at, id) AS place
        FROM ai_chats chat WHERE is_deleted = FALSE
    ) chats WHERE place = 1";

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Conversations with the tutor, how an answer stands, and on which terms a course has a tutor.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        create_conversations(db).await?;
        create_policies(db).await?;
        for column in columns() {
            db.alter_table(Table::alter().table(CHATS).add_column(column).take()).await?;
        }
        // One answer at a time.
        let open = unique("session_id").only("is_deleted = FALSE AND finished_at IS NULL");
        db.get_connection().execute_unprepared("UPDATE ai_chats SET finished_at = updated_at").await?;
        create_indexes(db, CHATS, [open]).await?;
        db.get_connection().execute_unprepared(BACKFILL).await?;
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.drop_index(Index::drop().name("ai_chats_session_id_key").table(CHATS).to_owned()).await?;
        for column in columns().into_iter().rev() {
            let name = column.get_column_name();
            db.alter_table(Table::alter().table(CHATS).drop_column(name).take()).await?;
        }
        drop_tables(db, &["tutor_policies", "tutor_conversations"]).await
    }
}

fn columns() -> [ColumnDef; 9] {
    [
        one_of("state", &STATES).default("complete").take(),
        string_len_null("failure", 20).check(Expr::cust(FAILURES)).take(),
        blank("model", 200),
        one_of("restriction", &RESTRICTIONS).default("allowed").take(),
        flag("is_grounded", false),
        string_len_null("rating", 20).check(Expr::cust(RATINGS)).take(),
        blank_text("rating_comment"),
        uuid_null("reservation"),
        timestamp_with_time_zone_null("finished_at"),
    ]
}

async fn create_conversations(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = audited("tutor_conversations")
        .belongs_to("user_id", "users")
        .may_belong_to("course_id", "courses")
        .col(blank("title", 100))
        .col(flag("is_open_to_staff", false))
        .col(timestamp_with_time_zone("last_asked_at"))
        .take();
    let indexes = [index("user_id, last_asked_at, id"), index("course_id, last_asked_at, id")];
    create_audited(db, "tutor_conversations", &table, indexes).await
}

async fn create_policies(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = audited("tutor_policies")
        .belongs_to("course_id", "courses")
        .col(one_of("during_attempts", &RESTRICTIONS).default("blocked"))
        .col(flag("is_open_to_staff", false))
        .take();
    create_audited(db, "tutor_policies", &table, [unique("course_id").living(), index("course_id")]).await
}
