//! One row in every table, so that what is refused is refused for what it says.

use std::sync::Arc;

use accounts::{
    account_deletion, api_token, api_token_permission, data_export, held_address, one_time_token, recovery_code, role,
    role_permission, spent_refresh_token, throttle, totp_secret, two_factor_challenge, user, user_role, user_session,
};
use ai::{
    PassageKind, ReservationState, SuggestionKind, ai_budget, ai_chat, ai_course_month, ai_learner_day, ai_reservation,
    question_suggestion, suggestion_run, tutor_conversation, tutor_passage, tutor_policy, tutor_source,
};
use assessment::{
    AttemptStatus, QuestionType, grading_claim, question_bank, quiz, quiz_accommodation, quiz_answer, quiz_attempt,
    quiz_draw, quiz_question, quiz_regrade, quiz_version, regraded_attempt, score_override,
};
use courses::{
    StaffRole, course, course_category, course_export, course_import, course_prerequisite, course_section,
    course_staff, course_tag, course_version,
};
use kernel::{
    AuditRecord, Audited, Db, EntityId, Tx, UserId, Viewer, World,
    jobs::{JobStatus, job},
};
use learning::{
    EnrollmentSource, certificate, course_progress, course_version_item, enrollment, enrollment_grant, item_completion,
    learning_hour, playback_session, video_progress, waitlist_entry,
};
use media::{CaptionKind, FileType, UploadPurpose, UploadStatus, caption_track, media_file, upload};
use reviews::{ModerationAction, review, review_moderation, review_reply, review_report, review_revision, review_vote};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, EntityName, EntityTrait, FromQueryResult, Set, Statement,
};
use serde_json::json;
use testkit::TestWorld;
use uuid::Uuid;

/// Puts the rows in; what each leaves out has a default.
pub async fn one_of_each(db: &Db) {
    let world = Arc::new(TestWorld::new());
    let mut tx = Tx::begin(db, &Viewer::System, world.now(), world).await.unwrap();
    // The built-in ones would make it more than one.
    for table in ["role_permissions", "roles"] {
        let all = format!("DELETE FROM {table}");
        tx.conn.execute_unprepared(&all).await.unwrap();
    }
    people(&tx).await;
    trail(&mut tx).await;
    courses(&tx).await;
    learners(&tx).await;
    seats(&tx).await;
    quizzes(&tx).await;
    progress(&tx).await;
    opinions(&tx).await;
    budgets(&tx).await;
    tutor(&tx).await;
    operations(&tx).await;
    tx.commit().await.unwrap();
}

/// The n-th id of every kind.
fn id<I: EntityId>(n: u128) -> I {
    I::from(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + n))
}

const SOMEBODY: u128 = 1;

/// Inserts the row, and reads it by way of the entity: what a table holds and an entity can't read fails here.
async fn link<R>(tx: &Tx, row: R)
where
    R: ActiveModelTrait + ActiveModelBehavior + Send,
{
    let table = R::Entity::default().table_name().to_string();
    let inserted = tx.insert_all(vec![row]).await;
    inserted.unwrap_or_else(|error| panic!("{table}: {error}"));
    let all = Statement::from_string(tx.backend(), format!("SELECT * FROM {table}"));
    let read = <R::Entity as EntityTrait>::Model::find_by_statement(all).all(&tx.conn).await;
    let read = read.unwrap_or_else(|error| panic!("{table}: {error}"));
    assert!(!read.is_empty(), "{table}");
}

async fn put<R>(tx: &Tx, row: R)
where
    R: ActiveModelTrait + ActiveModelBehavior + Send,
    R::Entity: Audited,
{
    link(tx, tx.stamp(row, tx.now)).await;
}

async fn people(tx: &Tx) {
    let user: UserId = id(SOMEBODY);
    let row = user::ActiveModel {
        id: Set(user),
        email: Set("Ada@Example.org".into()),
        email_key: Set("ada@example.org".into()),
        username: Set(Some("Ada".into())),
        username_key: Set(Some("ada".into())),
        date_joined: Set(tx.now),
        ..Default::default()
    };
    put(tx, row).await;
    let row = role::ActiveModel {
        id: Set(id(1)),
        name: Set("reader".into()),
        display_name: Set("Reader".into()),
        ..Default::default()
    };
    put(tx, row).await;
    let row = role_permission::ActiveModel { role_id: Set(id(1)), permission: Set("courses.create".into()) };
    link(tx, row).await;
    let row = user_role::ActiveModel {
        id: Set(id(1)),
        user_id: Set(user),
        role_id: Set(id(1)),
        assigned_at: Set(tx.now),
        assigned_by: Set(Some(user)),
    };
    link(tx, row).await;
    session(tx, user).await;
    api_token(tx, user).await;
    privacy(tx, user).await;
    second_factor(tx, user).await;
}

async fn second_factor(tx: &Tx, user: UserId) {
    let row = totp_secret::ActiveModel {
        id: Set(id(1)),
        user_id: Set(user),
        secret: Set("sealed".into()),
        ..Default::default()
    };
    put(tx, row).await;
    let row = recovery_code::ActiveModel {
        id: Set(id(1)),
        user_id: Set(user),
        code_hash: Set("hash".into()),
        ..Default::default()
    };
    put(tx, row).await;
    let row = two_factor_challenge::ActiveModel {
        id: Set(id(1)),
        user_id: Set(user),
        token_hash: Set("hash".into()),
        expires_at: Set(tx.now),
        ..Default::default()
    };
    put(tx, row).await;
}

async fn privacy(tx: &Tx, user: UserId) {
    let row = one_time_token::ActiveModel {
        token_hash: Set("hash".into()),
        user_id: Set(user),
        purpose: Set(one_time_token::Purpose::VerifyEmail),
        email: Set("ada@example.org".into()),
        issued_at: Set(tx.now),
        expires_at: Set(tx.now),
    };
    link(tx, row).await;
    let row = held_address::ActiveModel {
        email_key: Set("old@example.org".into()),
        user_id: Set(user),
        held_until: Set(tx.now),
    };
    link(tx, row).await;
    let row = data_export::ActiveModel {
        id: Set(id(1)),
        user_id: Set(user),
        status: Set(data_export::ExportStatus::Running),
        size_bytes: Set(0),
        ..Default::default()
    };
    put(tx, row).await;
    let row = account_deletion::ActiveModel {
        user_id: Set(user),
        requested_at: Set(tx.now),
        due_at: Set(tx.now),
        heir_id: Set(Some(user)),
    };
    link(tx, row).await;
}

/// Once: what is in the trail stays there.
async fn trail(tx: &mut Tx) {
    tx.record(AuditRecord::new("user.registered", id::<UserId>(SOMEBODY)).by(id(SOMEBODY))).await.unwrap();
}

async fn session(tx: &Tx, user: UserId) {
    let row = user_session::ActiveModel {
        id: Set(id(1)),
        user_id: Set(user),
        session_key: Set("key".into()),
        access_token: Set("access".into()),
        refresh_token: Set("refresh".into()),
        expires_at: Set(tx.now),
        refresh_expires_at: Set(tx.now),
        last_activity: Set(tx.now),
        ..Default::default()
    };
    put(tx, row).await;
    let row = spent_refresh_token::ActiveModel {
        token_hash: Set("spent".into()),
        session_id: Set(id(1)),
        spent_at: Set(tx.now),
    };
    link(tx, row).await;
    let row = throttle::ActiveModel { key_hash: Set("key".into()), resets_at: Set(tx.now), ..Default::default() };
    link(tx, row).await;
}

async fn api_token(tx: &Tx, user: UserId) {
    let row = api_token::ActiveModel {
        id: Set(id(1)),
        user_id: Set(user),
        name: Set("A program".into()),
        token_hash: Set("token".into()),
        expires_at: Set(Some(tx.now)),
        last_used_at: Set(Some(tx.now)),
        revoked_at: Set(Some(tx.now)),
        ..Default::default()
    };
    put(tx, row).await;
    let row = api_token_permission::ActiveModel { token_id: Set(id(1)), permission: Set("courses.create".into()) };
    link(tx, row).await;
}

async fn courses(tx: &Tx) {
    let row = course_category::ActiveModel {
        id: Set(id(1)),
        name: Set("Programming".into()),
        slug: Set("programming".into()),
        parent_id: Set(Some(id(1))),
        ..Default::default()
    };
    put(tx, row).await;
    let row = course::ActiveModel {
        id: Set(id(1)),
        title: Set("Rust".into()),
        slug: Set("rust".into()),
        description: Set("Text.".into()),
        instructor_id: Set(id(SOMEBODY)),
        category_id: Set(Some(id(1))),
        price: Set(1000),
        ..Default::default()
    };
    put(tx, row).await;
    let row = course_prerequisite::ActiveModel { course_id: Set(id(1)), prerequisite_id: Set(id(1)), order: Set(0) };
    link(tx, row).await;
    let row = course_staff::ActiveModel {
        id: Set(id(1)),
        course_id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        role: Set(StaffRole::Editor),
        ..Default::default()
    };
    put(tx, row).await;
    let row = course_tag::ActiveModel { course_id: Set(id(1)), tag: Set("rust".into()) };
    link(tx, row).await;
    let row = course_section::ActiveModel {
        id: Set(id(1)),
        course_id: Set(id(1)),
        title: Set("Beginning".into()),
        ..Default::default()
    };
    put(tx, row).await;
    let row = course_version::ActiveModel {
        id: Set(id(1)),
        course_id: Set(id(1)),
        number: Set(1),
        snapshot: Set(json!({})),
        ..Default::default()
    };
    put(tx, row).await;
    let row = media_file::ActiveModel {
        id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        course_id: Set(Some(id(1))),
        section_id: Set(Some(id(1))),
        file_name: Set("film.mp4".into()),
        file_type: Set(FileType::Video),
        mime_type: Set("video/mp4".into()),
        // More than 32 bits hold.
        file_size: Set(5_000_000_000),
        storage_path: Set("film".into()),
        ..Default::default()
    };
    put(tx, row).await;
    let row = caption_track::ActiveModel {
        id: Set(id(1)),
        media_id: Set(id(1)),
        language: Set("en".into()),
        label: Set("English".into()),
        kind: Set(CaptionKind::Subtitles),
        is_default: Set(true),
        ..Default::default()
    };
    put(tx, row).await;
    let row = upload::ActiveModel {
        id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        course_id: Set(Some(id(1))),
        media_id: Set(Some(id(1))),
        purpose: Set(UploadPurpose::CourseThumbnail),
        file_name: Set("course.png".into()),
        mime_type: Set("image/png".into()),
        file_size: Set(5_000_000_000),
        sha256: Set("0".repeat(64)),
        part_size: Set(5_000_000),
        status: Set(UploadStatus::Completed),
        expires_at: Set(tx.now),
        ..Default::default()
    };
    put(tx, row).await;
    let row = course_export::ActiveModel {
        id: Set(id(1)),
        course_id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        status: Set(course_export::ExportStatus::Running),
        size_bytes: Set(5_000_000_000),
        ..Default::default()
    };
    put(tx, row).await;
    let row = course_import::ActiveModel {
        id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        media_id: Set(id(1)),
        status: Set(course_import::ImportStatus::Done),
        course_id: Set(Some(id(1))),
        ..Default::default()
    };
    put(tx, row).await;
}

async fn seats(tx: &Tx) {
    let row = enrollment_grant::ActiveModel {
        id: Set(id(1)),
        enrollment_id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        course_id: Set(id(1)),
        source: Set(EnrollmentSource::Purchase),
        reference: Set(Some("order".into())),
        ..Default::default()
    };
    put(tx, row).await;
    let row = waitlist_entry::ActiveModel {
        id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        course_id: Set(id(1)),
        joined_at: Set(tx.now),
        ..Default::default()
    };
    put(tx, row).await;
}

async fn learners(tx: &Tx) {
    let row = enrollment::ActiveModel {
        id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        course_id: Set(id(1)),
        course_version_id: Set(Some(id(1))),
        enrolled_at: Set(tx.now),
        ..Default::default()
    };
    put(tx, row).await;
    // The whole course, and a section of it.
    for (number, section) in [(1, None), (2, Some(id(1)))] {
        let row = course_progress::ActiveModel {
            id: Set(id(number)),
            user_id: Set(id(SOMEBODY)),
            course_id: Set(id(1)),
            section_id: Set(section),
            last_video_id: Set(Some(id(1))),
            last_updated: Set(tx.now),
            ..Default::default()
        };
        put(tx, row).await;
    }
    let row = video_progress::ActiveModel {
        id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        course_id: Set(id(1)),
        video_id: Set(id(1)),
        ..Default::default()
    };
    put(tx, row).await;
    // For the course as it was before it had versions, and for one of them: the second in the place of the third.
    for (number, version, next) in [(1, None, None), (2, Some(id(1)), None), (3, Some(id(1)), Some(id(2)))] {
        let row = certificate::ActiveModel {
            id: Set(id(number)),
            enrollment_id: Set(id(1)),
            user_id: Set(id(SOMEBODY)),
            course_id: Set(id(1)),
            course_version_id: Set(version),
            serial: Set(format!("serial {number}")),
            superseded_at: Set(next.map(|_| tx.now)),
            replaced_by: Set(next),
            recipient_name: Set("Ada".into()),
            course_title: Set("Rust".into()),
            instructor_name: Set("Ada".into()),
            issued_at: Set(tx.now),
            completed_at: Set(tx.now),
            ..Default::default()
        };
        put(tx, row).await;
    }
}

async fn quizzes(tx: &Tx) {
    let row = quiz::ActiveModel {
        id: Set(id(1)),
        course_id: Set(id(1)),
        section_id: Set(Some(id(1))),
        title: Set("Ownership".into()),
        ..Default::default()
    };
    put(tx, row).await;
    let row = quiz_question::ActiveModel {
        id: Set(id(1)),
        quiz_id: Set(Some(id(1))),
        question_text: Set("Is it moved?".into()),
        question_type: Set(QuestionType::TrueFalse),
        correct_answer: Set(json!(true)),
        ..Default::default()
    };
    put(tx, row).await;
    banks(tx).await;
    let row = quiz_attempt::ActiveModel {
        id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        quiz_id: Set(id(1)),
        attempt_number: Set(1),
        started_at: Set(tx.now),
        seed: Set(i64::MIN),
        ..Default::default()
    };
    put(tx, row).await;
    let row = quiz_answer::ActiveModel {
        id: Set(id(1)),
        attempt_id: Set(id(1)),
        question_id: Set(id(1)),
        answer: Set(json!("yes")),
        saved_at: Set(tx.now),
        ..Default::default()
    };
    put(tx, row).await;
    grades(tx).await;
}

async fn grades(tx: &Tx) {
    let row = quiz_accommodation::ActiveModel {
        id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        quiz_id: Set(id(1)),
        reason: Set("Dyslexia.".into()),
        ..Default::default()
    };
    put(tx, row).await;
    let row = grading_claim::ActiveModel {
        id: Set(id(1)),
        answer_id: Set(id(1)),
        expires_at: Set(tx.now),
        ..Default::default()
    };
    put(tx, row).await;
    let row = score_override::ActiveModel {
        id: Set(id(1)),
        attempt_id: Set(id(1)),
        score: Set(100),
        reason: Set("The bell rang.".into()),
        ..Default::default()
    };
    put(tx, row).await;
    regrades(tx).await;
}

async fn regrades(tx: &Tx) {
    let row = quiz_regrade::ActiveModel {
        id: Set(id(1)),
        quiz_id: Set(id(1)),
        number: Set(1),
        reason: Set("The key was wrong.".into()),
        changes: Set(json!([])),
        undoes_id: Set(Some(id(1))),
        ..Default::default()
    };
    put(tx, row).await;
    let row = regraded_attempt::ActiveModel {
        id: Set(id(1)),
        regrade_id: Set(id(1)),
        attempt_id: Set(id(1)),
        status_before: Set(AttemptStatus::Graded),
        status_after: Set(AttemptStatus::Graded),
        answers: Set(json!([])),
        ..Default::default()
    };
    put(tx, row).await;
}

async fn banks(tx: &Tx) {
    let row = question_bank::ActiveModel {
        id: Set(id(1)),
        course_id: Set(id(1)),
        name: Set("Borrowing".into()),
        ..Default::default()
    };
    put(tx, row).await;
    let row = quiz_draw::ActiveModel {
        id: Set(id(1)),
        quiz_id: Set(id(1)),
        bank_id: Set(id(1)),
        count: Set(1),
        points: Set(100),
        ..Default::default()
    };
    put(tx, row).await;
    let row = quiz_version::ActiveModel {
        id: Set(id(1)),
        quiz_id: Set(id(1)),
        number: Set(1),
        snapshot: Set(json!({})),
        ..Default::default()
    };
    put(tx, row).await;
}

async fn progress(tx: &Tx) {
    let row = course_version_item::ActiveModel {
        course_version_id: Set(id(1)),
        position: Set(0),
        section_id: Set(Some(id(1))),
        media_id: Set(Some(id(1))),
        weight: Set(60),
        ..Default::default()
    };
    link(tx, row).await;
    for (number, media, quiz) in [(1, Some(id(1)), None), (2, None, Some(id(1)))] {
        let row = item_completion::ActiveModel {
            id: Set(id(number)),
            user_id: Set(id(SOMEBODY)),
            course_id: Set(id(1)),
            media_id: Set(media),
            quiz_id: Set(quiz),
            ..Default::default()
        };
        put(tx, row).await;
    }
    let row = playback_session::ActiveModel {
        session: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        seen: Set(json!([[0, 1]])),
        last_at: Set(tx.now),
    };
    link(tx, row).await;
    let row = learning_hour::ActiveModel {
        user_id: Set(id(SOMEBODY)),
        course_id: Set(id(1)),
        starts_at: Set(tx.now),
        spans: Set(json!([[0, 60]])),
        seconds: Set(60),
    };
    link(tx, row).await;
}

async fn opinions(tx: &Tx) {
    let row = review::ActiveModel {
        id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        course_id: Set(id(1)),
        rating: Set(5),
        title: Set("Good".into()),
        comment: Set("Very.".into()),
        ..Default::default()
    };
    put(tx, row).await;
    let row = review_vote::ActiveModel {
        id: Set(id(1)),
        review_id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        ..Default::default()
    };
    put(tx, row).await;
    let row = review_report::ActiveModel {
        id: Set(id(1)),
        review_id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        reason: Set("Spam".into()),
        ..Default::default()
    };
    put(tx, row).await;
    let row = review_revision::ActiveModel {
        id: Set(id(1)),
        review_id: Set(id(1)),
        version: Set(1),
        rating: Set(4),
        written_at: Set(tx.now),
        ..Default::default()
    };
    put(tx, row).await;
    let row = review_moderation::ActiveModel {
        id: Set(id(1)),
        review_id: Set(id(1)),
        action: Set(ModerationAction::Hide),
        reason: Set("It names people.".into()),
        ..Default::default()
    };
    put(tx, row).await;
    let row = review_reply::ActiveModel {
        id: Set(id(1)),
        review_id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        comment: Set("Thanks.".into()),
        ..Default::default()
    };
    put(tx, row).await;
    let row = ai_chat::ActiveModel {
        id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        course_id: Set(Some(id(1))),
        session_id: Set(id(1)),
        message: Set("Why?".into()),
        response: Set("Because.".into()),
        ..Default::default()
    };
    put(tx, row).await;
}

async fn tutor(tx: &Tx) {
    let row = tutor_conversation::ActiveModel {
        id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        course_id: Set(Some(id(1))),
        last_asked_at: Set(tx.now),
        ..Default::default()
    };
    put(tx, row).await;
    let row = tutor_policy::ActiveModel { id: Set(id(1)), course_id: Set(id(1)), ..Default::default() };
    put(tx, row).await;
    // Triggers have made some.
    tx.conn.execute_unprepared("DELETE FROM tutor_sources").await.unwrap();
    let row = tutor_source::ActiveModel {
        id: Set(id(1)),
        course_id: Set(Some(id(1))),
        section_id: Set(Some(id(1))),
        media_id: Set(Some(id(1))),
        caption_track_id: Set(Some(id(1))),
        ..Default::default()
    };
    link(tx, row).await;
    let row = tutor_passage::ActiveModel {
        id: Set(id(1)),
        source_id: Set(id(1)),
        course_id: Set(id(1)),
        kind: Set(PassageKind::Course),
        language: Set("en".into()),
        ..Default::default()
    };
    link(tx, row).await;
}

async fn budgets(tx: &Tx) {
    let row = suggestion_run::ActiveModel {
        id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        course_id: Set(id(1)),
        wanted: Set(5),
        ..Default::default()
    };
    put(tx, row).await;
    let row = question_suggestion::ActiveModel {
        id: Set(id(1)),
        run_id: Set(id(1)),
        course_id: Set(id(1)),
        position: Set(0),
        kind: Set(SuggestionKind::TrueFalse),
        question_text: Set("So?".into()),
        question_id: Set(Some(id(1))),
        ..Default::default()
    };
    put(tx, row).await;
    let row = ai_budget::ActiveModel { id: Set(id(1)), course_id: Set(id(1)), ..Default::default() };
    put(tx, row).await;
    let row = ai_learner_day::ActiveModel {
        user_id: Set(id(SOMEBODY)),
        course_id: Set(id(1)),
        starts_at: Set(tx.now),
        ..Default::default()
    };
    link(tx, row).await;
    let row = ai_course_month::ActiveModel { course_id: Set(id(1)), starts_at: Set(tx.now), ..Default::default() };
    link(tx, row).await;
    let row = ai_reservation::ActiveModel {
        id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        course_id: Set(id(1)),
        tokens: Set(10),
        state: Set(ReservationState::Open),
        reserved_at: Set(tx.now),
        ..Default::default()
    };
    link(tx, row).await;
}

async fn operations(tx: &Tx) {
    let row = job::ActiveModel {
        id: Set(id(1)),
        kind: Set("purge_jobs".into()),
        status: Set(JobStatus::Queued),
        max_attempts: Set(10),
        run_at: Set(tx.now),
        unique_key: Set(Some("purge_jobs".into())),
        enqueued_at: Set(tx.now),
        ..Default::default()
    };
    link(tx, row).await;
}
