use chrono::Duration;
use kernel::{AttemptId, EntityId};
use serde_json::json;
use testkit::{Answer, Person, TestApp, on_both};

use super::{School, begins, saves, sees, starts, statements, submits};

const STATE: &str = "status isExpired completedAt score timeTakenSeconds";

async fn says_yes(person: &Person, attempt: &str, question: &str) -> Answer {
    saves(person, attempt, question, json!({"trueFalse": true}), 1).await
}

#[on_both]
async fn answers_are_taken_until_the_grace_is_over_by_the_clock_here(app: TestApp) {
    let school = School::with(&app, "timeLimitMinutes: 10, gracePeriodSeconds: 5", &statements(3)).await;
    let ada = school.learner("Ada").await;
    let attempt = begins(&ada, &school.quiz).await;
    assert_eq!(says_yes(&ada, &attempt, &school.questions[0]).await.user_errors(), [""; 0]);
    app.world.pass(Duration::seconds(604));
    assert_eq!(says_yes(&ada, &attempt, &school.questions[1]).await.user_errors(), [""; 0]);
    assert_eq!(sees(&ada, &attempt, "status").await["status"], "IN_PROGRESS");
    app.world.pass(Duration::seconds(1));
    assert_eq!(says_yes(&ada, &attempt, &school.questions[2]).await.user_errors(), ["ATTEMPT_CLOSED"]);
    // Nobody has closed it yet, and it shows as closed.
    let closed = json!({"status": "SUBMITTED", "isExpired": true, "completedAt": "2026-07-01T12:10:00+00:00",
        "score": 0.0, "timeTakenSeconds": 0});
    assert_eq!(sees(&ada, &attempt, STATE).await, closed);
    assert_eq!(app.run_jobs().await, ["close_attempt"]);
    let graded = json!({"status": "GRADED", "isExpired": true, "completedAt": "2026-07-01T12:10:00+00:00",
        "score": 2.0, "timeTakenSeconds": 600});
    assert_eq!(sees(&ada, &attempt, STATE).await, graded);
    assert_eq!(submits(&ada, &attempt).await.at("/submitQuizAttempt/attempt/score"), 2.0);
}

/// No input of an attempt holds a time: what a client's clock says can't be told.
#[on_both]
async fn the_clients_clock_is_not_even_asked(app: TestApp) {
    let ada = app.student("Ada").await;
    for input in
        ["StartQuizAttemptInput", "SaveAnswerInput", "QueuedAnswerInput", "SaveAnswersInput", "SubmitQuizAttemptInput"]
    {
        let query = format!(
            "{{ __type(name: \"{input}\") {{ inputFields {{ name type {{ name ofType {{ name ofType {{ name ofType {{ name }} }} }} }} }} }} }}"
        );
        let fields = ada.ask(&query).await.at("/__type/inputFields").to_string();
        assert!(fields.contains("attemptId") || fields.contains("quizId") || fields.contains("questionId"), "{input}");
        assert!(!fields.contains("DateTime") && !fields.contains("At\""), "{input}: {fields}");
    }
}

#[on_both]
async fn an_attempt_whose_owner_never_returns_is_handed_in_also_after_a_restart(app: TestApp) {
    let school = School::with(&app, "timeLimitMinutes: 10, gracePeriodSeconds: 0", &statements(2)).await;
    let ada = school.learner("Ada").await;
    let attempt = begins(&ada, &school.quiz).await;
    says_yes(&ada, &attempt, &school.questions[0]).await.data();
    assert_eq!(app.run_jobs().await, [""; 0], "it is not over");
    app.world.pass(Duration::days(3));
    // Another process on the same database.
    let again = app.tuned(|_| ());
    assert_eq!(again.run_jobs().await, ["close_attempt"]);
    let closed = json!({"status": "GRADED", "isExpired": true, "completedAt": "2026-07-01T12:10:00+00:00",
        "score": 1.0, "timeTakenSeconds": 600});
    assert_eq!(sees(&ada, &attempt, STATE).await, closed);
    // Once more does nothing.
    let id = AttemptId::from_wire(&attempt).unwrap();
    again.app.write_as_system(async |tx| assessment::attempting::close_due(tx, id).await).await.unwrap();
    assert_eq!(sees(&ada, &attempt, STATE).await, closed);
}

#[on_both]
async fn who_begins_anew_after_the_deadline_has_the_old_attempt_closed(app: TestApp) {
    let school = School::with(&app, "timeLimitMinutes: 10, maxAttempts: 2", &statements(1)).await;
    let ada = school.learner("Ada").await;
    let first = begins(&ada, &school.quiz).await;
    says_yes(&ada, &first, &school.questions[0]).await.data();
    app.world.pass(Duration::minutes(20));
    assert_eq!(starts(&ada, &school.quiz).await.at("/startQuizAttempt/attempt/attemptNumber"), 2);
    assert_eq!(sees(&ada, &first, "status score").await, json!({"status": "GRADED", "score": 1.0}));
}
