//! One's own progress as it moves, over a WebSocket.

use chrono::Duration;
use sea_orm::ConnectionTrait;
use serde_json::json;
use testkit::{Person, Server, TestApp, on_both};

use super::school::{School, records};
use crate::gateway::socket::{Socket, next, subscribe};

const FOLLOW: &str =
    "subscription ($id: ID!) { progressChanged(courseId: $id) { percentage totalWatchTimeSeconds isCompleted } }";

async fn follow(server: &Server, person: &Person, course: &str) -> Socket {
    subscribe(server, person, FOLLOW, course).await
}

#[on_both]
async fn one_sees_ones_own_progress_move_and_nobody_elses(app: TestApp) {
    let server = Server::start(&app).await;
    let school = School::open(&app, &[Some(100)]).await;
    let (ada, eve) = (app.student("Ada").await, app.student("Eve").await);
    school.enrols(&ada).await;
    let mut hers = follow(&server, &ada, &school.course).await;
    let state = |percentage: f64, seconds: i32, is_completed: bool| json!({"percentage": percentage, "totalWatchTimeSeconds": seconds, "isCompleted": is_completed});
    assert_eq!(next(&mut hers).await["payload"]["data"]["progressChanged"], state(0.0, 0, false));
    records(&ada, &[school.packet(0, 0.0, 40.0, 0, 100)]).await.data();
    assert_eq!(next(&mut hers).await["payload"]["data"]["progressChanged"], state(40.0, 40, false));
    app.world.pass(Duration::minutes(1));
    records(&ada, &[school.packet(0, 40.0, 95.0, 1, 200)]).await.data();
    assert_eq!(next(&mut hers).await["payload"]["data"]["progressChanged"], state(100.0, 95, true));
    // The enrolment came with no seat.
    app.db().write().execute_unprepared("UPDATE courses SET enrollment_count = 1").await.unwrap();
    let left = "mutation ($id: ID!) { dropEnrollment(input: {courseId: $id}) { userErrors { code } } }";
    ada.ask_with(left, json!({"id": school.course})).await.data();
    let over = next(&mut hers).await;
    assert_eq!(over["payload"]["errors"][0]["extensions"]["code"], "NOT_FOUND", "{over:#}");
    assert_eq!(next(&mut hers).await["type"], "complete", "who has left follows nothing");
    let mut others = follow(&server, &eve, &school.course).await;
    let refused = next(&mut others).await;
    assert_eq!(refused["payload"]["errors"][0]["extensions"]["code"], "NOT_FOUND", "{refused:#}");
    assert_eq!(next(&mut others).await["type"], "complete");
    drop((hers, others));
    server.stop().await;
}
