use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use migration::{Migrator, MigratorTrait};

use crate::app::App;

/// The process is up.
pub async fn live() -> &'static str {
    "ok\n"
}

/// The process can do its work: the database answers and has the schema of this version.
pub async fn ready(State(app): State<Arc<App>>) -> (StatusCode, &'static str) {
    match Migrator::get_pending_migrations(app.db.read()).await {
        Ok(pending) if pending.is_empty() => (StatusCode::OK, "ok\n"),
        Ok(_) => (StatusCode::SERVICE_UNAVAILABLE, "migrations are pending\n"),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
