//! One row in every table, so that what is refused is refused for what it says.

mod people;
mod quizzes;
mod tutor;
mod webhooks;

use std::sync::Arc;

use ai::ai_chat;
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
    people::add(&tx).await;
    trail(&mut tx).await;
    courses(&tx).await;
    learners(&tx).await;
    seats(&tx).await;
    quizzes::add(&tx).await;
    progress(&tx).await;
    opinions(&tx).await;
    tutor::add(&tx).await;
    webhooks::add(&tx).await;
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

/// Once: what is in the trail stays there.
async fn trail(tx: &mut Tx) {
    tx.record(AuditRecord::new("user.registered", id::<UserId>(SOMEBODY)).by(id(SOMEBODY))).await.unwrap();
    kernel::events::number(tx).await.unwrap();
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
        share: Set(None),
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
