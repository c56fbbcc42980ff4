//! What exists once: among the living, so that what is deleted blocks nothing; a few things for ever.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DatabaseConnection, SqlErr};
use testkit::{TestApp, on_both};
use uuid::Uuid;

use super::{
    dictionary::{self, Index, uuid_literal},
    rows,
};

const LIVING: &str = "is_deleted = false";

/// Table, columns, among which rows. The specification's `unique` and `unique_together` first, then our own.
const AMONG_THE_LIVING: [(&str, &str, &str); 38] = [
    ("totp_secrets", "user_id", LIVING),
    ("users", "email_key", LIVING),
    ("users", "username_key", LIVING),
    ("data_exports", "user_id", "is_deleted = false and status = 'running'"),
    ("roles", "name", LIVING),
    ("courses", "slug", LIVING),
    ("course_staff", "course_id, user_id", LIVING),
    ("course_exports", "course_id", "is_deleted = false and status = 'running'"),
    ("caption_tracks", "media_id, language", LIVING),
    ("caption_tracks", "media_id, is_default", "is_deleted = false and is_default = true"),
    ("course_categories", "name", LIVING),
    ("course_categories", "slug", LIVING),
    ("enrollments", "user_id, course_id", LIVING),
    ("enrollment_grants", "course_id, reference", "is_deleted = false and reference is not null"),
    ("waitlist_entries", "user_id, course_id", "is_deleted = false and ended_at is null"),
    // NULL is distinct from NULL: one index for whole courses, one for sections.
    ("course_progress", "user_id, course_id", "is_deleted = false and section_id is null"),
    ("course_progress", "user_id, course_id, section_id", "is_deleted = false and section_id is not null"),
    ("video_progress", "user_id, course_id, video_id", LIVING),
    ("item_completions", "user_id, course_id, media_id", "is_deleted = false and media_id is not null"),
    ("item_completions", "user_id, course_id, quiz_id", "is_deleted = false and quiz_id is not null"),
    ("reviews", "user_id, course_id", LIVING),
    ("quiz_attempts", "user_id, quiz_id, attempt_number", LIVING),
    ("quiz_attempts", "user_id, quiz_id", "is_deleted = false and status = 'in_progress'"),
    ("quiz_answers", "attempt_id, question_id", LIVING),
    ("quiz_accommodations", "user_id, quiz_id", LIVING),
    ("grading_claims", "answer_id", LIVING),
    ("score_overrides", "attempt_id", LIVING),
    ("quiz_regrades", "undoes_id", LIVING),
    ("review_votes", "review_id, user_id", LIVING),
    ("review_reports", "review_id, user_id", LIVING),
    // One that was replaced makes room as well; one that was revoked does not.
    (
        "certificates",
        "user_id, course_id",
        "is_deleted = false and superseded_at is null and course_version_id is null",
    ),
    (
        "certificates",
        "user_id, course_id, course_version_id",
        "is_deleted = false and superseded_at is null and course_version_id is not null",
    ),
    ("ai_budgets", "course_id", LIVING),
    ("suggestion_runs", "course_id", "is_deleted = false and status = 'running'"),
    ("tutor_policies", "course_id", LIVING),
    ("ai_chats", "session_id", "is_deleted = false and finished_at is null"),
    ("review_replies", "review_id", LIVING),
    ("review_revisions", "review_id, version", LIVING),
];

/// Random and never given twice, and tables without soft delete.
const FOR_EVER: [(&str, &str); 28] = [
    ("write_marks", "actor"),
    ("events", "position"),
    ("webhook_deliveries", "webhook_id, event_id"),
    ("two_factor_challenges", "token_hash"),
    ("recovery_codes", "user_id, code_hash"),
    ("spent_refresh_tokens", "token_hash"),
    ("api_tokens", "token_hash"),
    ("api_token_permissions", "token_id, permission"),
    ("user_roles", "user_id, role_id"),
    ("user_sessions", "session_key"),
    ("user_sessions", "access_token"),
    ("user_sessions", "refresh_token"),
    ("certificates", "serial"),
    ("role_permissions", "role_id, permission"),
    ("course_tags", "course_id, tag"),
    ("course_prerequisites", "course_id, prerequisite_id"),
    ("course_versions", "course_id, number"),
    ("course_version_items", "course_version_id, position"),
    ("learning_hours", "user_id, course_id, starts_at"),
    ("ai_learner_days", "user_id, course_id, starts_at"),
    ("ai_course_months", "course_id, starts_at"),
    ("playback_sessions", "session"),
    ("quiz_versions", "quiz_id, number"),
    ("quiz_regrades", "quiz_id, number"),
    ("regraded_attempts", "regrade_id, attempt_id"),
    ("account_deletions", "user_id"),
    ("one_time_tokens", "token_hash"),
    ("held_addresses", "email_key"),
];

/// Tables without soft delete, of which only some rows count.
const AMONG_SOME: [(&str, &str, &str); 3] = [
    ("jobs", "unique_key", "finished_at is null"),
    ("course_version_items", "course_version_id, media_id", "media_id is not null"),
    ("course_version_items", "course_version_id, quiz_id", "quiz_id is not null"),
];

#[on_both]
async fn what_is_unique_is_listed_here(app: TestApp) {
    let living = AMONG_THE_LIVING.into_iter();
    let for_ever = FOR_EVER.into_iter().map(|(table, columns)| (table, columns, ""));
    let wanted: BTreeSet<_> = living.chain(for_ever).chain(AMONG_SOME).collect();
    let indexes = dictionary::indexes(app.db().read()).await;
    // Every id is unique by nature, and so is what the database counts.
    let found: BTreeSet<_> = indexes
        .iter()
        .filter(|index| index.is_unique && !["id", "key_hash", "sequence"].contains(&index.columns.as_str()))
        .map(|index| (index.table.as_str(), index.columns.as_str(), index.only.as_str()))
        .collect();
    assert_eq!(found, wanted, "left is the database");
}

#[on_both]
async fn a_deleted_row_makes_room_for_another(app: TestApp) {
    rows::one_of_each(app.db()).await;
    let db = app.db().write();
    let copy = uuid_literal(db.get_database_backend(), COPY);
    for (table, columns, only) in AMONG_THE_LIVING {
        let living = Copy { table, columns, only };
        taken(db, &living.sql(db).await).await;
        let one = run(db, &format!("UPDATE {table} SET is_deleted = TRUE WHERE {only}")).await;
        assert_eq!(one, 1, "{table} ({columns})");
        let deleted = only.replace(LIVING, "is_deleted = true");
        let of_deleted = Copy { only: &deleted, ..living };
        assert_eq!(run(db, &of_deleted.sql(db).await).await, 1, "{table} ({columns})");
        // The first comes back when the place is free again, and not before.
        let restore = format!("UPDATE {table} SET is_deleted = FALSE WHERE {deleted}");
        taken(db, &restore).await;
        // A trigger has noted that the tutor may answer from it.
        for column in ["course_id", "section_id", "media_id", "caption_track_id"] {
            run(db, &format!("DELETE FROM tutor_sources WHERE {column} = {copy}")).await;
        }
        run(db, &format!("DELETE FROM {table} WHERE id = {copy}")).await;
        assert_eq!(run(db, &restore).await, 1, "{table} ({columns})");
    }
}

/// The id of every copy: there is never more than one.
const COPY: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_9000_0000_0000_0000);

/// A living copy of the row that `only` describes, with an id of its own and the same values in `columns`.
struct Copy<'a> {
    table: &'a str,
    columns: &'a str,
    only: &'a str,
}

impl Copy<'_> {
    async fn sql(&self, db: &DatabaseConnection) -> String {
        let generated = dictionary::generated(db).await;
        let indexes = dictionary::indexes(db).await;
        let id = uuid_literal(db.get_database_backend(), COPY);
        let (mut names, mut values) = (vec![], vec![]);
        for column in dictionary::columns(db).await {
            let name = &column.name;
            if column.table != self.table || generated.contains(&format!("{}.{name}", self.table)) {
                continue;
            }
            names.push(format!("\"{name}\""));
            values.push(match name.as_str() {
                "id" => id.clone(),
                "is_deleted" => "FALSE".into(),
                "sequence" => "\"sequence\" + 1".into(),
                // Regrades are counted: what undoes one is another.
                "number" if self.table == "quiz_regrades" && self.columns == "undoes_id" => "\"number\" + 1".into(),
                _ if self.is_unique_elsewhere(&indexes, name) => format!("\"{name}\" || 'x'"),
                _ => format!("\"{name}\""),
            });
        }
        let (names, values) = (names.join(", "), values.join(", "));
        let Self { table, only, .. } = self;
        format!("INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {only}")
    }

    /// Only the index in question shall refuse the copy.
    fn is_unique_elsewhere(&self, indexes: &BTreeSet<Index>, column: &str) -> bool {
        let mut others = indexes
            .iter()
            .filter(|index| index.table == self.table && index.is_unique && index.columns != self.columns);
        others.any(|index| index.columns == column)
    }
}

async fn run(db: &DatabaseConnection, sql: &str) -> u64 {
    let done = db.execute_unprepared(sql).await;
    done.unwrap_or_else(|error| panic!("{sql}: {error}")).rows_affected()
}

async fn taken(db: &DatabaseConnection, sql: &str) {
    match db.execute_unprepared(sql).await {
        Ok(_) => panic!("accepted: {sql}"),
        Err(error) => {
            let why = error.sql_err();
            assert!(matches!(why, Some(SqlErr::UniqueConstraintViolation(_))), "{sql}: {error}");
        }
    }
}
