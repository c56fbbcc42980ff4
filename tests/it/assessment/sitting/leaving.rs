//! Who leaves a course in the middle of an attempt.

use chrono::Duration;
use serde_json::json;
use testkit::{Answer, Person, TestApp, on_both};

use super::{School, begins, saves, sees, starts, statements, submits};

async fn leaves(person: &Person, course: &str) -> Answer {
    let query = "mutation ($id: ID!) { dropEnrollment(input: {courseId: $id}) { userErrors { code } } }";
    person.ask_with(query, json!({"id": course})).await
}

/// Somebody who takes the course by themselves.
async fn enrolls(app: &TestApp, course: &str, name: &str) -> Person {
    let person = app.student(name).await;
    comes(&person, course).await;
    person
}

async fn comes(person: &Person, course: &str) {
    let query = "mutation ($id: ID!) { enroll(input: {courseId: $id}) { userErrors { code } } }";
    assert_eq!(person.ask_with(query, json!({"id": course})).await.user_errors(), [""; 0]);
}

async fn says_yes(school: &School, person: &Person, attempt: &str, question: usize) -> Answer {
    saves(person, attempt, &school.questions[question], json!({"trueFalse": true}), 1).await
}

#[on_both]
async fn who_leaves_has_handed_in(app: TestApp) {
    let school = School::with(&app, "", &statements(2)).await;
    let (ada, bob) = (enrolls(&app, &school.course, "Ada").await, enrolls(&app, &school.course, "Bob").await);
    let (hers, his) = (begins(&ada, &school.quiz).await, begins(&bob, &school.quiz).await);
    says_yes(&school, &ada, &hers, 0).await.data();
    assert_eq!(leaves(&ada, &school.course).await.user_errors(), [""; 0]);
    let refused = says_yes(&school, &ada, &hers, 1).await;
    let error = json!([{"code": "ATTEMPT_CLOSED", "field": ["input", "attemptId"]}]);
    assert_eq!(refused.at("/saveAnswer"), &json!({"answer": null, "isSuperseded": false, "userErrors": error}));
    assert_eq!(app.run_jobs().await.iter().filter(|kind| *kind == "close_rest").count(), 1);
    let closed = json!({"status": "GRADED", "score": 1.0, "isExpired": false});
    assert_eq!(sees(&ada, &hers, "status score isExpired").await, closed);
    assert_eq!(starts(&ada, &school.quiz).await.user_errors(), ["ATTEMPT_NEEDS_ENROLLMENT"]);
    // Nobody else's is touched.
    assert_eq!(says_yes(&school, &bob, &his, 0).await.user_errors(), [""; 0]);
    assert_eq!(sees(&bob, &his, "status").await["status"], "IN_PROGRESS");
}

#[on_both]
async fn who_has_come_back_goes_on_with_what_they_begin_then(app: TestApp) {
    let school = School::with(&app, "maxAttempts: 2", &statements(1)).await;
    let ada = enrolls(&app, &school.course, "Ada").await;
    let first = begins(&ada, &school.quiz).await;
    leaves(&ada, &school.course).await.data();
    // She hands in herself, before the job does it.
    assert_eq!(submits(&ada, &first).await.at("/submitQuizAttempt/attempt/status"), "GRADED");
    app.world.pass(Duration::minutes(1));
    comes(&ada, &school.course).await;
    let second = begins(&ada, &school.quiz).await;
    app.run_jobs().await;
    assert_eq!(says_yes(&school, &ada, &second, 0).await.user_errors(), [""; 0]);
}
