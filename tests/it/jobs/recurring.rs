//! What recurs is always in the queue, once.

use chrono::Duration;
use gateway::jobs::ensure_recurring;
use kernel::{World, jobs::JobStatus};
use sea_orm::ConnectionTrait;
use testkit::{TestApp, on_both};

use super::all;

const ALL: [&str; 10] = [
    "end_lost_answers",
    "expire_enrollments",
    "expire_sessions",
    "expire_uploads",
    "purge_deliveries",
    "purge_jobs",
    "purge_packages",
    "purge_tokens",
    "recount_counters",
    "release_reservations",
];
const HOURLY: [&str; 6] = [
    "end_lost_answers",
    "expire_enrollments",
    "expire_sessions",
    "expire_uploads",
    "purge_tokens",
    "release_reservations",
];

async fn ensure(app: &TestApp) {
    app.app.write_as_system(ensure_recurring).await.unwrap();
}

/// Runs what is due; in alphabetical order, since what is due at the same time has none.
async fn run(app: &TestApp) -> Vec<String> {
    let mut kinds = app.run_jobs().await;
    kinds.sort();
    kinds
}

/// What waits, and for how long.
async fn waiting(app: &TestApp) -> Vec<(String, Duration)> {
    let now = app.world.now();
    let queued = all(app).await.into_iter().filter(|job| job.status == JobStatus::Queued);
    let mut waiting: Vec<_> = queued.map(|job| (job.kind, job.run_at - now)).collect();
    waiting.sort();
    waiting
}

#[on_both]
async fn each_is_there_once_and_comes_again_when_it_is_done(app: TestApp) {
    ensure(&app).await;
    ensure(&app).await;
    assert_eq!(run(&app).await, ALL);
    ensure(&app).await;
    let [hour, day] = [Duration::hours(1), Duration::days(1)];
    let wanted = ALL.map(|kind| (kind.to_string(), if HOURLY.contains(&kind) { hour } else { day }));
    assert_eq!(waiting(&app).await, wanted);
    app.world.pass(hour);
    assert_eq!(run(&app).await, HOURLY);
    app.world.pass(Duration::hours(23) - Duration::microseconds(1));
    assert_eq!(run(&app).await, HOURLY);
    app.world.pass(Duration::microseconds(1));
    assert_eq!(run(&app).await, ["purge_deliveries", "purge_jobs", "purge_packages", "recount_counters"]);
}

async fn rename(app: &TestApp, from: &str, to: &str) {
    app.db().write().execute_unprepared(&format!("ALTER TABLE {from} RENAME TO {to}")).await.unwrap();
}

async fn recounts(app: &TestApp) -> Vec<(JobStatus, i32, Option<String>)> {
    let jobs = all(app).await.into_iter().filter(|job| job.kind == "recount_counters");
    jobs.map(|job| (job.status, job.attempts, job.last_error)).collect()
}

#[on_both]
async fn one_that_is_dead_comes_again_all_the_same(app: TestApp) {
    rename(&app, "reviews", "elsewhere").await;
    ensure(&app).await;
    let why = Some("A statement failed; the log says which.".to_string());
    for attempt in 1..5 {
        run(&app).await;
        assert_eq!(recounts(&app).await, [(JobStatus::Queued, attempt, why.clone())]);
        app.world.pass(Duration::hours(1));
    }
    run(&app).await;
    assert_eq!(recounts(&app).await, [(JobStatus::Dead, 5, why.clone()), (JobStatus::Queued, 0, None)]);
    rename(&app, "elsewhere", "reviews").await;
    app.world.pass(Duration::days(1));
    run(&app).await;
    let ended = [(JobStatus::Dead, 5, why), (JobStatus::Done, 1, None), (JobStatus::Queued, 0, None)];
    assert_eq!(recounts(&app).await, ended);
}
