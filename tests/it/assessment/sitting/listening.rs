use chrono::Duration;
use serde_json::{Value, json};
use testkit::{Person, Server, TestApp, on_both};

use super::{School, begins, statements, submits};
use crate::{
    assessment::does,
    gateway::socket::{Socket, next, subscribe},
};

const LISTEN: &str =
    "subscription ($id: ID!) { attemptEvents(attemptId: $id) { kind attempt { expiresAt status quiz { title } } } }";

async fn listens(server: &Server, person: &Person, attempt: &str) -> Socket {
    subscribe(server, person, LISTEN, attempt).await
}

async fn hears(socket: &mut Socket) -> Value {
    next(socket).await["payload"]["data"]["attemptEvents"].clone()
}

#[on_both]
async fn who_sits_hears_of_more_time_of_the_end_and_of_the_grade(app: TestApp) {
    let app = app.tuned(|app| app.look_every = std::time::Duration::from_millis(10));
    let server = Server::start(&app).await;
    let school = School::with(&app, "timeLimitMinutes: 6, gracePeriodSeconds: 0", &statements(1)).await;
    let (ada, eve) = (school.learner("Ada").await, app.student("Eve").await);
    let attempt = begins(&ada, &school.quiz).await;
    let mut hers = listens(&server, &eve, &attempt).await;
    assert_eq!(next(&mut hers).await["payload"]["errors"][0]["extensions"]["code"], "NOT_FOUND");
    let mut socket = listens(&server, &ada, &attempt).await;
    let event = |kind: &str, expires: &str, status: &str| json!({"kind": kind, "attempt": {"expiresAt": expires, "status": status, "quiz": {"title": "Quiz"}}});
    assert_eq!(hears(&mut socket).await, event("STATE", "2026-07-01T12:06:00+00:00", "IN_PROGRESS"));
    let granted =
        format!("userId: \"{}\", quizId: \"{}\", extraTimeMinutes: 4, reason: \"x\"", ada.wire_id(), school.quiz);
    does(&school.tomas, "grantAccommodation", &granted, "").await.data();
    assert_eq!(hears(&mut socket).await, event("DEADLINE_MOVED", "2026-07-01T12:10:00+00:00", "IN_PROGRESS"));
    app.world.pass(Duration::minutes(6));
    assert_eq!(hears(&mut socket).await, event("CLOSING_SOON", "2026-07-01T12:10:00+00:00", "IN_PROGRESS"));
    app.world.pass(Duration::minutes(4));
    assert_eq!(hears(&mut socket).await, event("CLOSED", "2026-07-01T12:10:00+00:00", "SUBMITTED"));
    app.run_jobs().await;
    assert_eq!(hears(&mut socket).await, event("GRADED", "2026-07-01T12:10:00+00:00", "GRADED"));
    // What is graded anew is told again.
    let fields = format!("attemptId: \"{attempt}\", score: 1, reason: \"x\"");
    assert_eq!(does(&school.tomas, "overrideScore", &fields, "").await.user_errors(), [""; 0]);
    assert_eq!(hears(&mut socket).await, event("GRADED", "2026-07-01T12:10:00+00:00", "GRADED"));
    let change = format!("{{points: {{questionId: \"{}\", points: 4}}}}", school.questions[0]);
    let fields = format!("quizId: \"{}\", changes: [{change}], reason: \"x\"", school.quiz);
    assert_eq!(does(&school.tomas, "regradeQuiz", &fields, "").await.user_errors(), [""; 0]);
    assert_eq!(hears(&mut socket).await, event("GRADED", "2026-07-01T12:10:00+00:00", "GRADED"));
    drop((hers, socket));
    server.stop().await;
}

/// The kinds of so many events.
async fn kinds(socket: &mut Socket, count: usize) -> Vec<Value> {
    let mut kinds = vec![];
    for _ in 0..count {
        kinds.push(hears(socket).await["kind"].clone());
    }
    kinds
}

#[on_both]
async fn nobody_misses_that_little_time_is_left_or_that_it_is_closed(app: TestApp) {
    let app = app.tuned(|app| app.look_every = std::time::Duration::from_millis(10));
    let server = Server::start(&app).await;
    let school = School::with(&app, "timeLimitMinutes: 10, gracePeriodSeconds: 0", &statements(1)).await;
    let ada = school.learner("Ada").await;
    let attempt = begins(&ada, &school.quiz).await;
    let mut early = listens(&server, &ada, &attempt).await;
    assert_eq!(kinds(&mut early, 1).await, ["STATE"]);
    // The deadline is moved so near.
    let grants = async |due: &str| {
        let fields =
            format!("userId: \"{}\", quizId: \"{}\", dueAt: \"{due}\", reason: \"x\"", ada.wire_id(), school.quiz);
        assert_eq!(does(&school.tomas, "grantAccommodation", &fields, "").await.user_errors(), [""; 0]);
    };
    grants("2026-07-01T12:03:00Z").await;
    assert_eq!(kinds(&mut early, 2).await, ["DEADLINE_MOVED", "CLOSING_SOON"]);
    // Who comes now is told, too; who was told is not told again when it moves a little.
    let mut late = listens(&server, &ada, &attempt).await;
    assert_eq!(kinds(&mut late, 2).await, ["STATE", "CLOSING_SOON"]);
    grants("2026-07-01T12:04:00Z").await;
    for socket in [&mut early, &mut late] {
        assert_eq!(kinds(socket, 1).await, ["DEADLINE_MOVED"]);
    }
    submits(&ada, &attempt).await.data();
    for socket in [&mut early, &mut late] {
        assert_eq!(kinds(socket, 2).await, ["CLOSED", "GRADED"], "it is marked at once");
    }
    // There is nothing left of time to tell of.
    let mut after = listens(&server, &ada, &attempt).await;
    assert_eq!(hears(&mut after).await["attempt"]["status"], "GRADED");
    drop((early, late, after));
    server.stop().await;
}
