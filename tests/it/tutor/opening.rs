//! The tutor answers from what the learner may open at the moment, and from nothing else. With a model: what is asserted is
//! what was sent.

use chrono::Duration;
use sea_orm::ConnectionTrait;
use serde_json::json;
use testkit::{TestApp, on_both};

use super::{Class, adds, answers, asks, changes_section, enrols, grounding, ids, publishes, with_model};

const SECRET: &str = "The zanzibar pattern borrows a value twice.";
const QUESTION: &str = "How does the zanzibar pattern borrow a value?";

#[on_both]
async fn a_section_that_is_not_published_and_another_course_are_not_sent(app: TestApp) {
    let class = Class::open(&app).await;
    adds(&class.tomas, &class.course, "Locked", json!({"description": SECRET, "isPublished": false})).await;
    let other = class.tomas.drafts("Rust for Experts").await;
    adds(&class.tomas, &other, "Elsewhere", json!({"description": SECRET})).await;
    publishes(&class.tomas, &other).await;
    let (app, server) = with_model(&app, []).await;
    let answer = answers(&app, &class.ada, &class.course, QUESTION).await;
    assert_eq!(answer["isGrounded"], false);
    assert!(!server.heard().contains("twice"), "{}", server.heard());
    // Who teaches it may.
    answers(&app, &class.tomas, &class.course, QUESTION).await;
    assert!(server.heard().contains("twice"));
}

#[on_both]
async fn who_does_not_take_the_course_is_answered_from_its_description_and_previews(app: TestApp) {
    let class = Class::open(&app).await;
    let section = adds(&class.tomas, &class.course, "Patterns", json!({"description": SECRET})).await;
    let place = (class.course.as_str(), section.as_str());
    let film = grounding::places(&app, &class.tomas, place, "a.mp4", "video/mp4").await;
    grounding::captioned(&class.tomas, &film, &format!("WEBVTT\n\n00:01.000 --> 00:05.000\n{SECRET}")).await;
    let eve = app.student("Eve").await;
    let asked = async |question: &str| answers(&app, &eve, &class.course, question).await["isGrounded"] == true;
    assert!(!asked(QUESTION).await);
    assert!(!asked("Who is the owner of a value?").await);
    changes_section(&class.tomas, &section, json!({"isPreview": true})).await;
    assert!(asked(QUESTION).await);
    changes_section(&class.tomas, &section, json!({"isPreview": false})).await;
    assert!(!asked(QUESTION).await);
    let about = "mutation ($id: ID!) { updateCourse(input: {id: $id, description: \"You meet the borrow checker.\"}) { userErrors { code } } }";
    class.tomas.ask_with(about, json!({"id": class.course})).await.data();
    assert!(asked("Do I meet the borrow checker?").await);
}

#[on_both]
async fn whose_time_is_over_and_who_is_suspended_is_answered_from_no_more_than_others(app: TestApp) {
    let class = Class::open(&app).await;
    let asked = async || class.answers("Who is the owner of a value?").await["isGrounded"] == true;
    let change = async |set: &str| {
        let which = format!("UPDATE enrollments SET {set}");
        app.db().write().execute_unprepared(&which).await.unwrap();
    };
    assert!(asked().await);
    change("suspended_at = enrolled_at").await;
    assert!(!asked().await);
    change("suspended_at = NULL, expires_at = enrolled_at").await;
    assert!(!asked().await);
    change("expires_at = NULL, status = 'dropped'").await;
    assert!(!asked().await);
    change("status = 'completed'").await;
    assert!(asked().await);
}

/// What was answered before is not told to a model again when what it stands on was shut since.
#[on_both]
async fn an_earlier_answer_is_told_again_only_while_its_passages_are_open(app: TestApp) {
    let class = Class::open(&app).await;
    let section = adds(&class.tomas, &class.course, "Patterns", json!({"description": SECRET})).await;
    let (app, server) = with_model(&app, [testkit::Reply::says(&["It borrows ", "twice [1]."])]).await;
    let (_, conversation) = ids(&asks(&class.ada, &class.course, None, QUESTION).await);
    app.run_jobs().await;
    asks(&class.ada, &class.course, Some(&conversation), "Who is the owner of a value?").await.data();
    app.run_jobs().await;
    let second = server.asked()[1].body["messages"].to_string();
    assert!(second.contains("It borrows twice [1]."), "{second}");
    changes_section(&class.tomas, &section, json!({"isPublished": false})).await;
    asks(&class.ada, &class.course, Some(&conversation), "What does an owner of a value do?").await.data();
    app.run_jobs().await;
    let third = server.asked()[2].body["messages"].to_string();
    assert!(!third.contains("twice") && third.contains("(left out)"), "{third}");
}

/// A file that moves is judged by where it is, whatever the index says: the index is only caught up with when somebody asks.
#[on_both]
async fn a_file_that_moves_into_a_locked_section_is_shut_at_once(app: TestApp) {
    let class = Class::open(&app).await;
    let locked = adds(&class.tomas, &class.course, "Locked", json!({"isPublished": false})).await;
    let place = (class.course.as_str(), class.ownership.as_str());
    let film = grounding::places(&app, &class.tomas, place, "a.mp4", "video/mp4").await;
    grounding::captioned(&class.tomas, &film, &format!("WEBVTT\n\n00:01.000 --> 00:05.000\n{SECRET}")).await;
    assert_eq!(class.answers(QUESTION).await["citations"][0]["kind"], "CAPTIONS");
    let moves = "mutation ($input: AttachMediaInput!) { attachMedia(input: $input) { userErrors { code } } }";
    let input = json!({"mediaId": film, "courseId": class.course, "sectionId": locked});
    assert_eq!(class.tomas.ask_with(moves, json!({"input": input})).await.user_errors(), [""; 0]);
    let answer = class.answers(QUESTION).await;
    assert!(!answer.to_string().contains("twice"), "{answer:#}");
}

/// Rights are looked at when the answer is made, not when it was asked for.
#[on_both]
async fn who_is_put_out_before_the_answer_begins_gets_none_of_it(app: TestApp) {
    let class = Class::open(&app).await;
    let (app, server) = with_model(&app, []).await;
    let (message, _) = ids(&asks(&class.ada, &class.course, None, "Who is the owner of a value?").await);
    app.db().write().execute_unprepared("UPDATE enrollments SET expires_at = enrolled_at").await.unwrap();
    app.world.pass(Duration::seconds(1));
    app.run_jobs().await;
    assert_eq!(super::seen(&class.ada, &message).await["isGrounded"], false);
    assert_eq!(server.asked(), []);
}

/// The tables that hold keys and questions are never read to answer.
#[on_both]
async fn nothing_of_a_quiz_is_read(app: TestApp) {
    let class = Class::open(&app).await;
    asks(&class.ada, &class.course, None, "Who is the owner of a value?").await.data();
    let (_, statements) = app.statements(app.run_jobs()).await;
    assert!(statements.iter().any(|sql| sql.contains("tutor_passages")));
    let read: Vec<_> = statements.iter().filter(|sql| sql.contains("quiz_questions")).collect();
    assert_eq!(read, Vec::<&String>::new());
}

/// What one does not see one can't ask about, nor go on with what is another's.
#[on_both]
async fn there_is_no_tutor_of_what_one_does_not_see(app: TestApp) {
    let class = Class::open(&app).await;
    let draft = class.tomas.drafts("Draft").await;
    assert_eq!(asks(&class.ada, &draft, None, "Why?").await.codes(), ["NOT_FOUND"]);
    let (_, conversation) = ids(&asks(&class.ada, &class.course, None, "Who owns a value?").await);
    let eve = app.student("Eve").await;
    enrols(&app, &eve, &class.course).await;
    assert_eq!(asks(&eve, &class.course, Some(&conversation), "Why?").await.codes(), ["NOT_FOUND"]);
    let other = class.tomas.publishes("Other").await;
    assert_eq!(asks(&class.ada, &other, Some(&conversation), "Why?").await.codes(), ["NOT_FOUND"]);
    assert_eq!(
        app.ask("mutation { askTutor(input: {courseId: \"x\", message: \"y\"}) { userErrors { code } } }")
            .await
            .codes(),
        ["UNAUTHENTICATED"]
    );
}
