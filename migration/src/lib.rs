//! The schema's history: one file per change, for SQLite and PostgreSQL alike.

pub use sea_orm_migration::prelude::*;

mod audited;
mod columns;
mod indexes;
mod m20261122_000001_create_users;
mod m20261122_000002_create_roles;
mod m20261122_000003_create_user_roles;
mod m20261122_000004_create_user_sessions;
mod m20261122_000005_create_course_categories;
mod m20261122_000006_create_courses;
mod m20261122_000007_create_course_tags;
mod m20261122_000008_create_course_sections;
mod m20261122_000009_create_media_files;
mod m20261122_000010_create_enrollments;
mod m20261122_000011_create_course_progress;
mod m20261122_000012_create_video_progress;
mod m20261122_000013_create_certificates;
mod m20261122_000014_create_quizzes;
mod m20261122_000015_create_quiz_questions;
mod m20261122_000016_create_quiz_attempts;
mod m20261122_000017_create_quiz_answers;
mod m20261122_000018_create_reviews;
mod m20261122_000019_create_review_votes;
mod m20261122_000020_create_review_reports;
mod m20261122_000021_create_ai_chats;
mod m20261122_000022_create_one_time_tokens;
mod m20261122_000023_create_privacy;
mod m20261122_000040_create_api_tokens;
mod m20261124_000001_staff_courses;
mod m20261124_000002_time_discounts;
mod m20261124_000003_create_course_prerequisites;
mod m20261124_000101_create_uploads;
mod m20261124_000201_search_courses;
mod m20261124_000202_order_courses;
mod m20261124_000301_create_course_versions;
mod m20261124_000401_create_course_packages;
mod m20261125_000001_pin_enrollments;
mod m20261125_000101_note_tokens_of_uploads;
mod m20261125_000201_limit_courses;
mod m20261125_000202_suspend_enrollments;
mod m20261125_000203_create_enrollment_grants;
mod m20261125_000204_create_waitlist_entries;
mod m20261125_000301_choose_completion;
mod m20261125_000302_keep_playback;
mod m20261125_000303_itemize_versions;
mod m20261125_000401_reissue_certificates;
mod m20261125_000501_set_quizzes;
mod m20261125_000502_create_question_banks;
mod m20261125_000503_widen_quiz_questions;
mod m20261125_000504_create_quiz_draws;
mod m20261125_000505_create_quiz_versions;
mod m20261125_000601_weigh_ratings;
mod m20261125_000602_weigh_votes;
mod m20261125_000603_moderate_reviews;
mod m20261125_000701_sit_quizzes;
mod m20261125_000702_create_quiz_accommodations;
mod m20261125_000703_grade_by_hand;
mod m20261125_000711_hold_conversations;
mod m20261125_000712_index_passages;
mod m20261125_000801_index_discounts;
mod m20261125_000901_budget_tutor;
mod m20261125_000902_suggest_questions;
mod m20261126_000201_regrade_quizzes;
mod m20261126_000301_index_ends_of_courses;
mod m20261127_000101_number_events;
mod m20261127_000201_create_idempotency_keys;
mod m20261127_000202_create_rate_buckets;
mod m20261127_000211_budget_time;
mod m20261127_000301_round_ratings;
mod m20261127_000302_note_truncated_answers;
mod m20261127_000311_create_webhooks;
mod m20261127_000312_create_webhook_deliveries;
mod m20261127_000401_create_write_marks;
mod m20261201_000001_create_audit_events;
mod m20261202_000001_create_throttles;
mod m20261202_000002_create_two_factor;
mod m20261203_000001_create_jobs;
mod m20261203_000002_index_expiring_sessions;
mod m20261204_000001_create_held_addresses;
mod m20261204_000002_version_credentials;
mod m20261206_000001_process_media;
mod m20261206_000002_create_caption_tracks;

pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let lists = [
            foundation(),
            learning(),
            attempts(),
            tutoring(),
            limiting(),
            refining(),
            integrating(),
            bounding(),
            following(),
        ];
        lists.into_iter().flatten().collect()
    }
}

/// Accounts, courses, media, and the tables of the specification.
fn foundation() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m20261122_000001_create_users::Migration),
        Box::new(m20261122_000002_create_roles::Migration),
        Box::new(m20261122_000003_create_user_roles::Migration),
        Box::new(m20261122_000004_create_user_sessions::Migration),
        Box::new(m20261122_000005_create_course_categories::Migration),
        Box::new(m20261122_000006_create_courses::Migration),
        Box::new(m20261122_000007_create_course_tags::Migration),
        Box::new(m20261122_000008_create_course_sections::Migration),
        Box::new(m20261122_000009_create_media_files::Migration),
        Box::new(m20261122_000010_create_enrollments::Migration),
        Box::new(m20261122_000011_create_course_progress::Migration),
        Box::new(m20261122_000012_create_video_progress::Migration),
        Box::new(m20261122_000013_create_certificates::Migration),
        Box::new(m20261122_000014_create_quizzes::Migration),
        Box::new(m20261122_000015_create_quiz_questions::Migration),
        Box::new(m20261122_000016_create_quiz_attempts::Migration),
        Box::new(m20261122_000017_create_quiz_answers::Migration),
        Box::new(m20261122_000018_create_reviews::Migration),
        Box::new(m20261122_000019_create_review_votes::Migration),
        Box::new(m20261122_000020_create_review_reports::Migration),
        Box::new(m20261122_000021_create_ai_chats::Migration),
        Box::new(m20261122_000040_create_api_tokens::Migration),
        Box::new(m20261201_000001_create_audit_events::Migration),
        Box::new(m20261202_000001_create_throttles::Migration),
        Box::new(m20261202_000002_create_two_factor::Migration),
        Box::new(m20261203_000001_create_jobs::Migration),
        Box::new(m20261203_000002_index_expiring_sessions::Migration),
        Box::new(m20261122_000022_create_one_time_tokens::Migration),
        Box::new(m20261122_000023_create_privacy::Migration),
        Box::new(m20261206_000001_process_media::Migration),
        Box::new(m20261206_000002_create_caption_tracks::Migration),
        Box::new(m20261204_000001_create_held_addresses::Migration),
        Box::new(m20261204_000002_version_credentials::Migration),
        Box::new(m20261124_000001_staff_courses::Migration),
        Box::new(m20261124_000002_time_discounts::Migration),
        Box::new(m20261124_000003_create_course_prerequisites::Migration),
        Box::new(m20261124_000301_create_course_versions::Migration),
        Box::new(m20261124_000201_search_courses::Migration),
        Box::new(m20261124_000202_order_courses::Migration),
        Box::new(m20261124_000101_create_uploads::Migration),
        Box::new(m20261124_000401_create_course_packages::Migration),
    ]
}

/// Enrolling, watching, being vouched for; and what came meanwhile.
fn learning() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m20261125_000001_pin_enrollments::Migration),
        Box::new(m20261125_000101_note_tokens_of_uploads::Migration),
        Box::new(m20261125_000801_index_discounts::Migration),
        Box::new(m20261125_000201_limit_courses::Migration),
        Box::new(m20261125_000202_suspend_enrollments::Migration),
        Box::new(m20261125_000203_create_enrollment_grants::Migration),
        Box::new(m20261125_000204_create_waitlist_entries::Migration),
        Box::new(m20261125_000301_choose_completion::Migration),
        Box::new(m20261125_000302_keep_playback::Migration),
        Box::new(m20261125_000303_itemize_versions::Migration),
        Box::new(m20261125_000401_reissue_certificates::Migration),
        Box::new(m20261125_000601_weigh_ratings::Migration),
        Box::new(m20261125_000602_weigh_votes::Migration),
        Box::new(m20261125_000603_moderate_reviews::Migration),
    ]
}

/// How quizzes are made, sat and graded.
fn attempts() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m20261125_000501_set_quizzes::Migration),
        Box::new(m20261125_000502_create_question_banks::Migration),
        Box::new(m20261125_000503_widen_quiz_questions::Migration),
        Box::new(m20261125_000504_create_quiz_draws::Migration),
        Box::new(m20261125_000505_create_quiz_versions::Migration),
        Box::new(m20261125_000701_sit_quizzes::Migration),
        Box::new(m20261125_000702_create_quiz_accommodations::Migration),
        Box::new(m20261125_000703_grade_by_hand::Migration),
        Box::new(m20261126_000201_regrade_quizzes::Migration),
    ]
}

/// The tutor: what it says, what it answers from, what it may use, what it proposes. What comes next is added here.
fn tutoring() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m20261125_000711_hold_conversations::Migration),
        Box::new(m20261125_000712_index_passages::Migration),
        Box::new(m20261125_000901_budget_tutor::Migration),
        Box::new(m20261125_000902_suggest_questions::Migration),
        Box::new(m20261126_000301_index_ends_of_courses::Migration),
    ]
}

/// What keeps the API from being asked too much, or twice.
fn limiting() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m20261127_000201_create_idempotency_keys::Migration),
        Box::new(m20261127_000202_create_rate_buckets::Migration),
    ]
}

/// What lets queries be answered from a copy of the database.
fn following() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261127_000401_create_write_marks::Migration)]
}

/// What outsiders found of reviews and the tutor.
fn refining() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m20261127_000301_round_ratings::Migration),
        Box::new(m20261127_000302_note_truncated_answers::Migration),
    ]
}

/// What outsiders found of learning.
fn bounding() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261127_000211_budget_time::Migration)]
}

/// What other programs hear of.
fn integrating() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m20261127_000101_number_events::Migration),
        Box::new(m20261127_000311_create_webhooks::Migration),
        Box::new(m20261127_000312_create_webhook_deliveries::Migration),
    ]
}
