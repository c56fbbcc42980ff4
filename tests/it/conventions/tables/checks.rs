//! What no row may say, whoever writes it: CHECK constraints.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ActiveEnum, ConnectionTrait, DatabaseConnection, DbBackend};
use testkit::{TestApp, on_both};

use super::{
    dictionary::{self, refusal},
    rows,
};

/// Table, what is refused, and the nearest that is accepted.
const LIMITS: [(&str, &str, &str); 118] = [
    ("throttles", "taken = -1", "taken = 0"),
    ("totp_secrets", "last_step = -1", "last_step = 0"),
    ("two_factor_challenges", "attempts = -1", "attempts = 0"),
    ("data_exports", "size_bytes = -1", "size_bytes = 0"),
    ("courses", "price = -1, discount_price = NULL", "price = 0, discount_price = NULL"),
    ("courses", "price = 1000, discount_price = 1000", "price = 1000, discount_price = 999"),
    ("courses", "discount_price = -1", "discount_price = 0"),
    ("courses", "discount_price = NULL, discount_starts_at = '2026-07-01 12:00:00+00'", "discount_price = NULL"),
    ("courses", "discount_price = NULL, discount_ends_at = '2026-07-01 12:00:00+00'", "discount_price = NULL"),
    (
        "courses",
        "discount_price = 1, discount_starts_at = '2026-07-01 12:00:00+00', discount_ends_at = '2026-07-01 12:00:00+00'",
        "discount_price = 1, discount_starts_at = '2026-07-01 12:00:00+00', discount_ends_at = '2026-07-01 12:00:01+00'",
    ),
    ("course_prerequisites", "\"order\" = -1", "\"order\" = 0"),
    ("courses", "duration = -1", "duration = 0"),
    ("courses", "version = 0", "version = 1"),
    ("courses", "enrollment_count = -1", "enrollment_count = 0"),
    ("courses", "completion_count = -1", "completion_count = 0"),
    ("courses", "capacity = -1", "capacity = 0"),
    ("courses", "offer_hours = 0", "offer_hours = 1"),
    ("courses", "access_days = 0", "access_days = 1"),
    ("courses", "reserved_seats = -1", "reserved_seats = 0"),
    ("courses", "rating_sum = -1", "rating_sum = 0"),
    ("courses", "rating_count = -1", "rating_count = 0"),
    ("courses", "rating_1 = -1", "rating_1 = 0"),
    ("courses", "rating_2 = -1", "rating_2 = 0"),
    ("courses", "rating_3 = -1", "rating_3 = 0"),
    ("courses", "rating_4 = -1", "rating_4 = 0"),
    ("courses", "rating_5 = -1", "rating_5 = 0"),
    ("course_versions", "number = 0", "number = 1"),
    ("course_exports", "size_bytes = -1", "size_bytes = 0"),
    ("media_files", "file_size = -1", "file_size = 0"),
    ("media_files", "duration = -1", "duration = 0"),
    ("media_files", "bitrate = -1", "bitrate = 0"),
    ("media_files", "processing_percent = -1", "processing_percent = 0"),
    ("media_files", "processing_percent = 101", "processing_percent = 100"),
    ("media_files", "version = 0", "version = 1"),
    ("media_files", "is_public = FALSE, public_url = 'u'", "is_public = TRUE, public_url = 'u'"),
    ("uploads", "file_size = 0", "file_size = 1"),
    ("uploads", "part_size = 0", "part_size = 1"),
    ("enrollments", "progress_percentage = -1", "progress_percentage = 0"),
    ("enrollments", "progress_percentage = 10001", "progress_percentage = 10000"),
    ("course_progress", "total_watch_time = -1", "total_watch_time = 0"),
    ("course_progress", "completion_percentage = 10001", "completion_percentage = 10000"),
    ("video_progress", "watch_time = -1", "watch_time = 0"),
    ("video_progress", "last_position = -1", "last_position = 0"),
    ("video_progress", "completion_percentage = -1", "completion_percentage = 0"),
    ("video_progress", "excess = -1", "excess = 0"),
    ("learning_hours", "seconds = -1", "seconds = 0"),
    ("learning_hours", "share = -1", "share = 0"),
    ("course_version_items", "position = -1", "position = 0"),
    ("course_version_items", "weight = 0", "weight = 1"),
    ("course_version_items", "media_id = NULL", "quiz_id = NULL"),
    ("item_completions", "media_id = NULL, quiz_id = NULL", "is_deleted = FALSE"),
    ("certificates", "duration = -1", "duration = 0"),
    ("certificates", "replaced_by = id, superseded_at = NULL", "replaced_by = NULL, superseded_at = issued_at"),
    ("quizzes", "passing_score = 10001", "passing_score = 10000"),
    ("quizzes", "time_limit = 0", "time_limit = 1"),
    ("quizzes", "max_attempts = -1", "max_attempts = 0"),
    ("quizzes", "version = 0", "version = 1"),
    ("quizzes", "grace_period = -1", "grace_period = 0"),
    (
        "quizzes",
        "opens_at = '2026-07-01 12:00:00+00', due_at = '2026-07-01 12:00:00+00'",
        "opens_at = '2026-07-01 12:00:00+00', due_at = '2026-07-01 12:00:01+00'",
    ),
    ("question_banks", "version = 0", "version = 1"),
    ("quiz_draws", "count = 0", "count = 1"),
    ("quiz_draws", "points = 0", "points = 1"),
    ("quiz_versions", "number = 0", "number = 1"),
    ("quiz_questions", "points = -1", "points = 0"),
    ("quiz_questions", "quiz_id = NULL", "quiz_id = quiz_id"),
    ("quiz_attempts", "attempt_number = 0", "attempt_number = 1"),
    ("quiz_attempts", "score = -1", "score = 0"),
    ("quiz_attempts", "time_taken = -1", "time_taken = 0"),
    ("quiz_attempts", "percentage = 10001", "percentage = 10000"),
    ("quiz_attempts", "quiz_version = 0", "quiz_version = 1"),
    ("quiz_attempts", "max_score = -1", "max_score = 0"),
    ("quiz_attempts", "grace_period = -1", "grace_period = 0"),
    ("quiz_attempts", "override_score = -1", "override_score = 0"),
    ("quiz_accommodations", "extra_minutes = -1", "extra_minutes = 0"),
    ("quiz_accommodations", "time_percent = 0", "time_percent = 1"),
    ("quiz_accommodations", "extra_attempts = -1", "extra_attempts = 0"),
    ("score_overrides", "score = -1", "score = 0"),
    ("quiz_regrades", "number = 0", "number = 1"),
    ("quiz_regrades", "changed_count = -1", "changed_count = 0"),
    ("regraded_attempts", "status_before = 'x'", "status_before = 'graded'"),
    ("regraded_attempts", "status_after = 'x'", "status_after = 'graded'"),
    ("regraded_attempts", "score_before = -1", "score_before = 0"),
    ("regraded_attempts", "score_after = -1", "score_after = 0"),
    ("regraded_attempts", "max_score_before = -1", "max_score_before = 0"),
    ("regraded_attempts", "max_score_after = -1", "max_score_after = 0"),
    ("regraded_attempts", "percentage_before = 10001", "percentage_before = 10000"),
    ("regraded_attempts", "percentage_after = 10001", "percentage_after = 10000"),
    ("quiz_answers", "points = -1", "points = 0"),
    ("reviews", "rating = 0", "rating = 1"),
    ("reviews", "rating = 6", "rating = 5"),
    ("reviews", "helpful_count = -1", "helpful_count = 0"),
    ("reviews", "reported_count = -1", "reported_count = 0"),
    ("reviews", "unhelpful_count = -1", "unhelpful_count = 0"),
    ("reviews", "helpful_score = -1", "helpful_score = 0"),
    ("reviews", "version = 0", "version = 1"),
    ("review_revisions", "version = 0", "version = 1"),
    ("review_revisions", "rating = 0", "rating = 1"),
    ("review_revisions", "rating = 6", "rating = 5"),
    ("courses", "review_min_progress = -1", "review_min_progress = 0"),
    ("courses", "review_min_progress = 10001", "review_min_progress = 10000"),
    ("ai_chats", "tokens_used = -1", "tokens_used = 0"),
    ("tutor_sources", "version = 0", "version = 1"),
    ("tutor_sources", "indexed_version = -1", "indexed_version = 0"),
    ("tutor_passages", "position = -1", "position = 0"),
    ("ai_budgets", "learner_daily_tokens = -1", "learner_daily_tokens = 0"),
    ("ai_budgets", "course_monthly_tokens = -1", "course_monthly_tokens = 0"),
    ("ai_learner_days", "reserved = -1", "reserved = 0"),
    ("ai_learner_days", "used = -1", "used = 0"),
    ("ai_learner_days", "answers = -1", "answers = 0"),
    ("ai_course_months", "reserved = -1", "reserved = 0"),
    ("ai_course_months", "used = -1", "used = 0"),
    ("ai_reservations", "tokens = 0", "tokens = 1"),
    ("suggestion_runs", "wanted = 0", "wanted = 1"),
    ("question_suggestions", "position = -1", "position = 0"),
    ("ai_reservations", "used = -1", "used = 0"),
    ("webhook_deliveries", "attempts = -1", "attempts = 0"),
    ("jobs", "attempts = -1", "attempts = 0"),
    ("jobs", "max_attempts = 0", "max_attempts = 1"),
];

#[on_both]
async fn every_check_refuses_what_it_should(app: TestApp) {
    rows::one_of_each(app.db()).await;
    let db = app.db().write();
    let mut tried = Tried::default();
    for (table, bad, good) in LIMITS {
        refused(db, &mut tried, table, bad).await;
        accepted(db, table, good).await;
    }
    closed_lists(db, &mut tried).await;
    let tried = tried.into_iter().map(|(table, said)| (table.into(), said.len() as i64));
    assert_eq!(dictionary::checks(db).await, tried.collect(), "left are all that there are");
}

/// By table, what the database said: once for every CHECK constraint that refused something.
type Tried = BTreeMap<&'static str, BTreeSet<String>>;

async fn closed_lists(db: &DatabaseConnection, tried: &mut Tried) {
    closed::<accounts::UserStatus>(db, tried, "users", "status").await;
    closed::<accounts::one_time_token::Purpose>(db, tried, "one_time_tokens", "purpose").await;
    closed::<accounts::ExportStatus>(db, tried, "data_exports", "status").await;
    closed::<courses::CourseStatus>(db, tried, "courses", "status").await;
    closed::<courses::DifficultyLevel>(db, tried, "courses", "difficulty").await;
    closed::<courses::CompletionPolicy>(db, tried, "courses", "completion_policy").await;
    closed::<courses::StaffRole>(db, tried, "course_staff", "role").await;
    closed::<courses::course_export::ExportStatus>(db, tried, "course_exports", "status").await;
    closed::<courses::course_import::ImportStatus>(db, tried, "course_imports", "status").await;
    closed::<media::CaptionKind>(db, tried, "caption_tracks", "kind").await;
    closed::<media::UploadPurpose>(db, tried, "uploads", "purpose").await;
    closed::<media::UploadStatus>(db, tried, "uploads", "status").await;
    closed::<media::FileType>(db, tried, "media_files", "file_type").await;
    closed::<media::ProcessingStatus>(db, tried, "media_files", "processing_status").await;
    closed::<learning::EnrollmentStatus>(db, tried, "enrollments", "status").await;
    closed::<learning::EnrollmentSource>(db, tried, "enrollments", "source").await;
    closed::<learning::EnrollmentSource>(db, tried, "enrollment_grants", "source").await;
    closed::<learning::WaitlistOutcome>(db, tried, "waitlist_entries", "outcome").await;
    closed::<assessment::QuizType>(db, tried, "quizzes", "quiz_type").await;
    closed::<assessment::ShowKeyAfter>(db, tried, "quizzes", "show_key_after").await;
    closed::<assessment::GradeMethod>(db, tried, "quizzes", "grade_method").await;
    closed::<assessment::QuestionType>(db, tried, "quiz_questions", "question_type").await;
    closed::<assessment::AttemptStatus>(db, tried, "quiz_attempts", "status").await;
    closed::<reviews::ReportKind>(db, tried, "review_reports", "kind").await;
    closed::<reviews::ModerationAction>(db, tried, "review_moderations", "action").await;
    closed::<ai::MessageType>(db, tried, "ai_chats", "message_type").await;
    closed::<ai::RunStatus>(db, tried, "suggestion_runs", "status").await;
    closed::<ai::SuggestionKind>(db, tried, "question_suggestions", "kind").await;
    closed::<ai::SuggestionStatus>(db, tried, "question_suggestions", "status").await;
    closed::<ai::AnswerState>(db, tried, "ai_chats", "state").await;
    closed::<ai::Failure>(db, tried, "ai_chats", "failure").await;
    closed::<ai::Restriction>(db, tried, "ai_chats", "restriction").await;
    closed::<ai::AnswerRating>(db, tried, "ai_chats", "rating").await;
    closed::<ai::Restriction>(db, tried, "tutor_policies", "during_attempts").await;
    closed::<ai::PassageKind>(db, tried, "tutor_passages", "kind").await;
    closed::<ai::ReservationState>(db, tried, "ai_reservations", "state").await;
    closed::<webhooks::PauseReason>(db, tried, "webhooks", "pause_reason").await;
    closed::<webhooks::DeliveryState>(db, tried, "webhook_deliveries", "state").await;
    closed::<kernel::jobs::JobStatus>(db, tried, "jobs", "status").await;
}

/// Every word of the source's list is let in, others are not.
async fn closed<E>(db: &DatabaseConnection, tried: &mut Tried, table: &'static str, column: &str)
where
    E: ActiveEnum<Value = String>,
{
    for word in E::values() {
        accepted(db, table, &format!("{column} = '{word}'")).await;
        let upper = word.to_uppercase();
        refused(db, tried, table, &format!("{column} = '{upper}'")).await;
    }
    refused(db, tried, table, &format!("{column} = ''")).await;
}

async fn accepted(db: &DatabaseConnection, table: &str, good: &str) {
    let statement = format!("UPDATE {table} SET {good}");
    let done = db.execute_unprepared(&statement).await;
    let done = done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    assert!(done.rows_affected() > 0, "{statement} found no row");
}

/// By a CHECK constraint: a misspelt statement is refused too, but not for this.
async fn refused(db: &DatabaseConnection, tried: &mut Tried, table: &'static str, bad: &str) {
    let statement = format!("UPDATE {table} SET {bad}");
    let said = refusal(&statement, db.execute_unprepared(&statement).await);
    assert!(said.contains("check constraint"), "{statement}: {said}");
    tried.entry(table).or_default().insert(said);
}

/// Nobody sets what the database computes, so it can't contradict what it is computed from.
#[on_both]
async fn what_is_computed_is_not_set(app: TestApp) {
    rows::one_of_each(app.db()).await;
    let db = app.db().write();
    for set in ["is_free = TRUE", "is_published = TRUE", "rating_average = 500", "rating_score = 50000"] {
        let statement = format!("UPDATE courses SET {set}");
        let said = refusal(&statement, db.execute_unprepared(&statement).await);
        let expected = match db.get_database_backend() {
            DbBackend::Postgres => "can only be updated to default",
            _ => "cannot update generated column",
        };
        assert!(said.contains(expected), "{statement}: {said}");
    }
}
