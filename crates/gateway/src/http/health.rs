use std::{sync::Arc, time::Duration};

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use kernel::{Result, jobs};
use migration::{Migrator, MigratorTrait};
use serde::Serialize;
use tokio::time::timeout;

use crate::app::App;

/// Who asks gives up soon, too.
const PATIENCE: Duration = Duration::from_secs(3);
/// A job that has waited for so long waits for workers that are gone or don't keep up.
const LATE: i64 = 300;

/// Whether the process can do its work, and what of that it can't.
#[derive(Serialize)]
struct Readiness {
    status: Status,
    checks: Checks,
}

#[derive(Serialize)]
struct Checks {
    database: Check,
    migrations: Check,
    jobs: Check,
}

#[derive(Serialize)]
struct Check {
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    says: Option<String>,
}

#[derive(Clone, Copy, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Ok,
    /// Somebody should look, but the process does its work.
    Warn,
    Fail,
}

impl Check {
    const OK: Self = Self { status: Status::Ok, says: None };

    fn new(status: Status, says: impl Into<String>) -> Self {
        Self { status, says: Some(says.into()) }
    }
}

/// The process is up.
pub async fn live() -> &'static str {
    "ok\n"
}

/// The process can answer: the database does, and has the schema of this version. Jobs that wait are no reason to send
/// requests elsewhere: they would find the same jobs there.
pub async fn ready(State(app): State<Arc<App>>) -> impl IntoResponse {
    readiness(&app, Status::Warn).await
}

/// The same of a process that does nothing but jobs.
pub async fn ready_to_work(State(app): State<Arc<App>>) -> impl IntoResponse {
    readiness(&app, Status::Fail).await
}

async fn readiness(app: &App, late: Status) -> impl IntoResponse + use<> {
    let checks = timeout(PATIENCE, looked_at(app, late)).await.unwrap_or_else(|_| Checks::without_database());
    let all = [&checks.database, &checks.migrations, &checks.jobs].map(|check| check.status);
    let status = all.into_iter().fold(Status::Ok, |worst, one| if one > worst { one } else { worst });
    let code = if status == Status::Fail { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    (code, [(header::CACHE_CONTROL, "no-store")], Json(Readiness { status, checks }))
}

async fn looked_at(app: &App, late: Status) -> Checks {
    let pending = match Migrator::get_pending_migrations(app.db.read()).await {
        Ok(pending) => pending.len(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            return Checks::without_database();
        }
    };
    if pending > 0 {
        let migrations = Check::new(Status::Fail, format!("{pending} migrations are pending: run `lectern migrate`."));
        return Checks { migrations, jobs: unknown(), database: Check::OK };
    }
    let jobs = jobs_are_done(app, late).await.unwrap_or_else(|error| {
        tracing::error!(%error, "not ready");
        unknown()
    });
    Checks { jobs, database: Check::OK, migrations: Check::OK }
}

impl Checks {
    fn without_database() -> Self {
        let database = Check::new(Status::Fail, "The database does not answer.");
        Self { database, migrations: unknown(), jobs: unknown() }
    }
}

fn unknown() -> Check {
    Check::new(Status::Fail, "Can't be told without the database.")
}

async fn jobs_are_done(app: &App, late: Status) -> Result<Check> {
    let now = app.world.now();
    let waits = jobs::due_since(app.db.read(), now).await?.map_or(0, |since| (now - since).num_seconds());
    if waits < LATE {
        return Ok(Check::OK);
    }
    let says = format!("A job has been due for {waits} s: are there workers, and enough of them?");
    Ok(Check::new(late, says))
}
