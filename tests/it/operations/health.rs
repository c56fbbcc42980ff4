//! Whether a process can do its work, and what of that it can't.

use chrono::Duration;
use gateway::commands;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use testkit::{Server, TestApp, on_both};

use crate::jobs::{PurgeJobs, enqueue};

async fn ready(server: &Server, url: &str) -> (u16, Value) {
    let response = server.client.get(format!("{url}/readyz")).send().await.unwrap();
    assert_eq!(response.headers()["cache-control"], "no-store");
    (response.status().as_u16(), response.json().await.unwrap())
}

fn checks(status: &str, database: Value, migrations: Value, jobs: Value) -> Value {
    json!({"status": status, "checks": {"database": database, "migrations": migrations, "jobs": jobs}})
}

#[on_both]
async fn a_server_that_can_work_says_so(app: TestApp) {
    let server = Server::start(&app).await;
    let ok = json!({"status": "ok"});
    assert_eq!(ready(&server, &server.url).await, (200, checks("ok", ok.clone(), ok.clone(), ok)));
    assert_eq!(server.get("/healthz").await.text().await.unwrap(), "ok\n");
    server.stop().await;
}

#[on_both]
async fn pending_migrations_are_named(app: TestApp) {
    let server = Server::start(&app).await;
    let all = "DELETE FROM seaql_migrations WHERE version = (SELECT MAX(version) FROM seaql_migrations)";
    app.db().write().execute_unprepared(all).await.unwrap();
    let pending = json!({"status": "fail", "says": "1 migrations are pending: run `lectern migrate`."});
    let unknown = json!({"status": "fail", "says": "Can't be told without the database."});
    let wanted = checks("fail", json!({"status": "ok"}), pending, unknown);
    assert_eq!(ready(&server, &server.url).await, (503, wanted));
    server.stop().await;
}

#[on_both]
async fn a_database_that_is_gone_is_named_and_nothing_else(app: TestApp) {
    let server = Server::start(&app).await;
    app.db().clone().close().await.unwrap();
    let unknown = json!({"status": "fail", "says": "Can't be told without the database."});
    let gone = json!({"status": "fail", "says": "The database does not answer."});
    assert_eq!(ready(&server, &server.url).await, (503, checks("fail", gone, unknown.clone(), unknown)));
    // It lives, so that nobody starts it anew for what that would not mend.
    assert_eq!(server.get("/healthz").await.status(), 200);
    server.stop().await;
}

/// Requests would find the same jobs at another server, so that only a worker is not ready for them.
#[on_both]
async fn jobs_that_wait_too_long_are_told_and_are_a_worker_s_fault(app: TestApp) {
    let server = Server::start(&app).await;
    let listener = commands::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let worker = format!("http://{}", listener.local_addr().unwrap());
    commands::observe(app.app.clone(), listener, true);
    enqueue(&app, PurgeJobs {}).await;
    app.world.pass(Duration::seconds(299));
    let ok = json!({"status": "ok"});
    let all_well = checks("ok", ok.clone(), ok.clone(), ok.clone());
    assert_eq!(ready(&server, &worker).await, (200, all_well));
    app.world.pass(Duration::seconds(1));
    let late = |status: &str| {
        let says = "A job has been due for 300 s: are there workers, and enough of them?";
        checks(status, ok.clone(), ok.clone(), json!({"status": status, "says": says}))
    };
    assert_eq!(ready(&server, &server.url).await, (200, late("warn")));
    assert_eq!(ready(&server, &worker).await, (503, late("fail")));
    server.stop().await;
}
