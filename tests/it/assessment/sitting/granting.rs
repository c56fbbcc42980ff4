use chrono::Duration;
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::{School, begins, saves, sees, starts, statements, submits};
use crate::assessment::does;

async fn grants(person: &Person, school: &School, to: &Person, what: &str) -> Answer {
    let input = format!("userId: \"{}\", quizId: \"{}\", {what}", to.wire_id(), school.quiz);
    let wanted = "accommodation { extraTimeMinutes timeFactor extraAttempts opensAt dueAt reason }";
    does(person, "grantAccommodation", &input, wanted).await
}

async fn expires(person: &Person, attempt: &str) -> Value {
    sees(person, attempt, "expiresAt").await["expiresAt"].clone()
}

#[on_both]
async fn more_time_holds_for_the_attempt_under_way(app: TestApp) {
    let school = School::with(&app, "timeLimitMinutes: 10, gracePeriodSeconds: 0", &statements(1)).await;
    let ada = school.learner("Ada").await;
    let attempt = begins(&ada, &school.quiz).await;
    let granted =
        grants(&school.tomas, &school, &ada, "extraTimeMinutes: 5, timeFactor: 1.5, reason: \"Dyslexia.\"").await;
    let wanted = json!({"extraTimeMinutes": 5, "timeFactor": 1.5, "extraAttempts": 0, "opensAt": null, "dueAt": null,
        "reason": "Dyslexia."});
    assert_eq!(granted.at("/grantAccommodation/accommodation"), &wanted);
    assert_eq!(expires(&ada, &attempt).await, "2026-07-01T12:20:00+00:00");
    app.world.pass(Duration::minutes(15));
    // The job of the old deadline finds it open.
    assert_eq!(app.run_jobs().await, ["close_attempt"]);
    assert_eq!(saves(&ada, &attempt, &school.questions[0], json!({"trueFalse": true}), 1).await.user_errors(), [""; 0]);
    app.world.pass(Duration::minutes(5));
    assert_eq!(app.run_jobs().await, ["close_attempt"]);
    assert_eq!(sees(&ada, &attempt, "status score").await, json!({"status": "GRADED", "score": 1.0}));
}

#[on_both]
async fn what_is_taken_back_shortens_the_attempt_under_way(app: TestApp) {
    let school = School::with(&app, "timeLimitMinutes: 30", &statements(1)).await;
    let ada = school.learner("Ada").await;
    grants(&school.tomas, &school, &ada, "extraTimeMinutes: 60, reason: \"x\"").await.data();
    let attempt = begins(&ada, &school.quiz).await;
    assert_eq!(expires(&ada, &attempt).await, "2026-07-01T13:30:00+00:00");
    let input = format!("userId: \"{}\", quizId: \"{}\"", ada.wire_id(), school.quiz);
    let removed = does(&school.tomas, "removeAccommodation", &input, "quiz { accommodations { totalCount } }").await;
    assert_eq!(removed.at("/removeAccommodation/quiz/accommodations/totalCount"), 0);
    assert_eq!(expires(&ada, &attempt).await, "2026-07-01T12:30:00+00:00");
    assert_eq!(does(&school.tomas, "removeAccommodation", &input, "").await.user_errors(), ["ACCOMMODATION_NONE"]);
}

#[on_both]
async fn a_window_and_attempts_of_ones_own(app: TestApp) {
    let school = School::with(&app, "maxAttempts: 1, dueAt: \"2026-07-01T13:00:00Z\"", &statements(1)).await;
    let (ada, bob) = (school.learner("Ada").await, school.learner("Bob").await);
    let what = "extraAttempts: 1, dueAt: \"2026-07-01T20:00:00Z\", reason: \"Was ill.\"";
    grants(&school.tomas, &school, &ada, what).await.data();
    app.world.pass(Duration::hours(2));
    assert_eq!(starts(&bob, &school.quiz).await.user_errors(), ["QUIZ_OVER"]);
    for _ in 0..2 {
        let attempt = begins(&ada, &school.quiz).await;
        assert_eq!(expires(&ada, &attempt).await, "2026-07-01T20:00:00+00:00");
        submits(&ada, &attempt).await.data();
    }
    assert_eq!(starts(&ada, &school.quiz).await.user_errors(), ["ATTEMPT_LIMIT_REACHED"]);
    // One reads one's own, and nobody else's.
    let query = format!(
        "{{ node(id: \"{}\") {{ ... on Quiz {{ viewerAccommodation {{ reason }} accommodations {{ nodes {{ user {{ name }} }} }} }} }} }}",
        school.quiz
    );
    let own = json!({"viewerAccommodation": {"reason": "Was ill."}, "accommodations": {"nodes": [{"user": {"name": "Ada"}}]}});
    assert_eq!(ada.ask(&query).await.at("/node"), &own);
    let none = json!({"viewerAccommodation": null, "accommodations": {"nodes": []}});
    assert_eq!(bob.ask(&query).await.at("/node"), &none);
}

#[on_both]
async fn what_can_not_be_granted_is_refused(app: TestApp) {
    let school = School::with(&app, "", &statements(1)).await;
    let (ada, eve) = (school.learner("Ada").await, app.student("Eve").await);
    for (what, code) in [
        ("extraTimeMinutes: -1, reason: \"x\"", "ACCOMMODATION_TIME_INVALID"),
        ("timeFactor: 0.5, reason: \"x\"", "ACCOMMODATION_FACTOR_INVALID"),
        ("timeFactor: 1.005, reason: \"x\"", "ACCOMMODATION_FACTOR_INVALID"),
        ("extraAttempts: 101, reason: \"x\"", "ACCOMMODATION_ATTEMPTS_INVALID"),
        ("extraTimeMinutes: 1, reason: \" \"", "ACCOMMODATION_REASON_INVALID"),
        ("reason: \"x\"", "ACCOMMODATION_EMPTY"),
        ("opensAt: \"2026-07-02T12:00:00Z\", dueAt: \"2026-07-02T12:00:00Z\", reason: \"x\"", "QUIZ_WINDOW_INVALID"),
    ] {
        assert_eq!(grants(&school.tomas, &school, &ada, what).await.user_errors(), [code], "{what}");
    }
    let good = "extraTimeMinutes: 1, reason: \"x\"";
    assert_eq!(grants(&school.tomas, &school, &eve, good).await.user_errors(), ["ACCOMMODATION_NOT_LEARNER"]);
    assert_eq!(grants(&ada, &school, &ada, good).await.codes(), ["FORBIDDEN"]);
}
