//! Reads from a copy of the database that follows it, whose following is held back and let go here.

use std::sync::Arc;

use chrono::Duration;
use kernel::{Db, DbConfig, EntityId, World};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use testkit::{Person, TestApp, tell_standby};

use crate::learning::school::School;

const HOLD: &str = "SELECT pg_wal_replay_pause()";
const LET_GO: &str = "SELECT pg_wal_replay_resume()";
const TITLE: &str = "query ($id: ID!) { course(id: $id) { title } me { id } }";

async fn look(app: &TestApp) {
    app.db().replica().unwrap().look(app.db(), app.world.now()).await.unwrap();
}

/// Looks until the copy has all that there is at this moment of the test.
async fn catch_up(app: &TestApp) {
    app.world.pass(Duration::seconds(1));
    let replica = app.db().replica().unwrap();
    while replica.behind(app.world.now()) != Some(Duration::zero()) {
        look(app).await;
    }
}

/// Asks, and says who answered: what the number of answers by each was before and is after.
async fn asks(app: &TestApp, person: &Person, query: &str, variables: Value) -> (Value, &'static str) {
    let before = answered(app).await;
    let answer = app.ask_as(&person.viewer, query, variables).await.data().clone();
    let after = answered(app).await;
    let by = (0..3).find(|by| after[*by] > before[*by]).map_or("nobody", |by| OUTCOMES[by]);
    (answer, by)
}

const OUTCOMES: [&str; 3] = ["replica", "failed", "database"];

async fn answered(app: &TestApp) -> [u64; 3] {
    let text = gateway::telemetry::scrape(&app.app).await.unwrap();
    OUTCOMES.map(|by| {
        let name = format!("lectern_replica_reads_total{{outcome=\"{by}\"}} ");
        text.lines().find_map(|line| line.strip_prefix(&name)).map_or(0, |count| count.parse().unwrap())
    })
}

async fn title(app: &TestApp, person: &Person, course: &str) -> (String, &'static str) {
    let (answer, by) = asks(app, person, TITLE, json!({"id": course})).await;
    (answer["course"]["title"].as_str().unwrap().into(), by)
}

async fn renames(school: &School, title: &str) {
    let rename = "mutation ($id: ID!, $title: String!) { updateCourse(input: {id: $id, title: $title}) { userErrors { code } } }";
    let answer = school.tomas.ask_with(rename, json!({"id": school.course, "title": title})).await;
    assert_eq!(answer.user_errors(), [] as [&str; 0]);
}

/// Who wrote sees it at once; everybody else sees it when it has come through.
async fn who_has_just_written_is_not_sent_to_the_copy(app: &TestApp, school: &School, eve: &Person) {
    catch_up(app).await;
    assert_eq!(title(app, eve, &school.course).await, ("Rust".into(), "replica"));
    assert_eq!(title(app, &school.tomas, &school.course).await, ("Rust".into(), "replica"));
    tell_standby(HOLD).await;
    renames(school, "Rust anew").await;
    assert_eq!(title(app, &school.tomas, &school.course).await, ("Rust anew".into(), "database"));
    assert_eq!(title(app, eve, &school.course).await, ("Rust".into(), "replica"));
    // Whoever signs in anew is known by then, and whoever was not there is not looked for in the copy.
    let late = app.student("Late").await;
    let (answer, by) = asks(app, &late, TITLE, json!({"id": school.course})).await;
    assert_eq!((&answer["me"]["id"], by), (&json!(late.id.to_wire()), "database"));
    tell_standby(LET_GO).await;
    catch_up(app).await;
    for person in [&school.tomas, eve, &late] {
        assert_eq!(title(app, person, &school.course).await, ("Rust anew".into(), "replica"));
    }
}

/// Nobody is sent to a copy that is long behind, or that was not seen for as long.
async fn a_copy_that_is_far_behind_is_not_read(app: &TestApp, school: &School, eve: &Person) {
    tell_standby(HOLD).await;
    renames(school, "Rust once more").await;
    for (seconds, by) in [(5, "replica"), (1, "database")] {
        app.world.pass(Duration::seconds(seconds));
        look(app).await;
        assert_eq!(title(app, eve, &school.course).await.1, by);
    }
    assert_eq!(title(app, eve, &school.course).await, ("Rust once more".into(), "database"));
    tell_standby(LET_GO).await;
    catch_up(app).await;
    assert_eq!(title(app, eve, &school.course).await, ("Rust once more".into(), "replica"));
    app.world.pass(Duration::seconds(6));
    assert_eq!(title(app, eve, &school.course).await.1, "database");
}

/// What the copy can't answer, the database does: here it may not read courses.
async fn a_copy_that_fails_is_nobodys_trouble(app: &TestApp, school: &School, eve: &Person) {
    let role = format!("blind_{}", std::process::id());
    let grant = format!("CREATE ROLE {role} LOGIN; GRANT SELECT ON write_marks TO {role}");
    app.db().write().execute_unprepared(&grant).await.unwrap();
    let standby = std::env::var("TEST_STANDBY_URL").unwrap().replace("//lectern@", &format!("//{role}@"));
    let (server, _) = standby.rsplit_once('/').unwrap();
    let url = format!("{server}/{}", app.url().rsplit('/').next().unwrap());
    let db = Db::connect(&DbConfig { url: app.url(), max_connections: 4 }).await.unwrap();
    let db = db.with_replica(&DbConfig { url, max_connections: 4 }).await.unwrap();
    let blind = app.tuned(|app| app.db = db);
    catch_up(app).await;
    catch_up(&blind).await;
    assert_eq!(title(&blind, eve, &school.course).await, ("Rust once more".into(), "failed"));
    let (_, by) = asks(&blind, eve, "{ __typename }", json!({})).await;
    assert_eq!(by, "replica");
    Arc::into_inner(blind.app).unwrap().db.close().await.unwrap();
    app.db().write().execute_unprepared(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).await.unwrap();
}

#[test]
fn a_copy_answers_what_may_be_a_moment_old_on_postgres() {
    testkit::run(async {
        let app = TestApp::on_followed().await;
        let school = School::open(&app, &[Some(100)]).await;
        let eve = app.student("Eve").await;
        who_has_just_written_is_not_sent_to_the_copy(&app, &school, &eve).await;
        a_copy_that_is_far_behind_is_not_read(&app, &school, &eve).await;
        a_copy_that_fails_is_nobodys_trouble(&app, &school, &eve).await;
        app.finish().await;
    });
}

#[test]
fn sqlite_has_no_copy() {
    testkit::run(async {
        let app = TestApp::on_sqlite().await;
        let refused = app.db().clone().with_replica(&DbConfig { url: app.url(), max_connections: 1 }).await;
        assert!(refused.err().unwrap().to_string().contains("only PostgreSQL has replicas"));
        app.finish().await;
    });
}
