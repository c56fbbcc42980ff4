//! What a stranger finds, of which nothing is theirs.

use serde_json::{Value, json};
use testkit::{Person, TestApp};

use super::quizzes::{Quizzes, quizzes};
use crate::{courses::categories::add, media::captions::captions};

/// Whom the stranger meets.
pub struct People {
    pub teacher: String,
    /// On the staff of the teacher's courses.
    pub aide: String,
    /// One that is hidden, and one that is shown.
    pub categories: [String; 2],
    pub their_role: String,
    pub own_role: String,
    /// Of somebody who finished the draft and the published course.
    pub certificates: [String; 2],
}

/// What the stranger finds in the courses.
pub struct Files {
    pub hidden: String,
    pub hidden_section: String,
    pub hidden_captions: String,
    pub seen: String,
    pub seen_section: String,
    pub seen_captions: String,
    pub upload: String,
    /// Of the course that is hidden, and of the one that is seen.
    pub quizzes: [Quizzes; 2],
    /// Who sits the second, the attempt, and an answer.
    pub sat: [String; 4],
}

pub async fn files(app: &TestApp, teacher: &Person, draft: &str, published: &str) -> Files {
    let (hidden, hidden_section) = placed_file(app, teacher, draft).await;
    let (seen, seen_section) = placed_file(app, teacher, published).await;
    let (hidden_captions, seen_captions) = (captions(teacher, &hidden).await, captions(teacher, &seen).await);
    let upload = crate::media::uploading::announced(teacher, "a.png", b"x").await;
    let quizzes = [quizzes(teacher, draft).await, super::quizzes::published(teacher, published).await];
    let sat = super::attempts::sat(app, teacher, &quizzes[1]).await;
    Files { hidden, hidden_section, hidden_captions, seen, seen_section, seen_captions, upload, quizzes, sat }
}

/// A file in a new section of the course: the ids of both.
pub async fn placed_file(app: &TestApp, teacher: &Person, course: &str) -> (String, String) {
    let section = teacher.adds_section(course, "With a file").await;
    let file = crate::media::files::file(app, teacher, "a.mp4").await;
    let query = "mutation ($file: ID!, $course: ID!, $section: ID) {
        attachMedia(input: {mediaId: $file, courseId: $course, sectionId: $section}) { userErrors { code } } }";
    let placed = teacher.ask_with(query, json!({"file": file, "course": course, "section": section})).await;
    assert_eq!(placed.user_errors(), [""; 0]);
    (file, section)
}

pub async fn people(app: &TestApp, teacher: &Person, stranger: &Person, courses: &[&str]) -> People {
    let text = |value: &Value| value.as_str().unwrap().to_string();
    let roles = "{ me { id roles { role { id } } } }";
    let (theirs, own) = (teacher.ask(roles).await, stranger.ask(roles).await);
    let aide = app.student("Aida").await;
    for course in courses {
        assert_eq!(teacher.appoints(course, &aide, "ASSISTANT").await.user_errors(), [""; 0]);
    }
    // The first role of both is the student's.
    let ben = app.student("Ben").await;
    let certificates = [
        super::certificates::certificate_of(app, &ben, courses[0]).await,
        super::certificates::certificate_of(app, &ben, courses[1]).await,
    ];
    People {
        teacher: text(theirs.at("/me/id")),
        aide: aide.wire_id(),
        categories: [add(app, "Hidden", None, 0, false).await, add(app, "Shown", None, 0, true).await],
        their_role: text(theirs.at("/me/roles/1/role/id")),
        own_role: text(own.at("/me/roles/0/role/id")),
        certificates,
    }
}

/// The id of a job that staff may try again.
pub async fn dead_job(app: &TestApp) -> String {
    #[derive(serde::Serialize, serde::Deserialize)]
    struct Unknown {}

    impl kernel::Job for Unknown {
        const KIND: &'static str = "no_such_kind";
    }

    let job = app.app.write_as_system(async |tx| tx.enqueue(&Unknown {}).await).await.unwrap();
    app.run_jobs().await;
    kernel::EntityId::to_wire(job)
}
