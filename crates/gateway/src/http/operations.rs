//! What those who run the server ask it, on an address of their own.

use std::sync::Arc;

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use super::health;
use crate::{app::App, telemetry::scrape};

const TEXT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Numbers and health; of a process that does nothing but jobs when it `works`.
pub fn operations(app: Arc<App>, works: bool) -> Router {
    let ready = if works { get(health::ready_to_work) } else { get(health::ready) };
    let router = Router::new().route("/metrics", get(metrics)).route("/healthz", get(health::live));
    router.route("/readyz", ready).with_state(app)
}

async fn metrics(State(app): State<Arc<App>>) -> Response {
    match scrape(&app).await {
        Ok(text) => ([(header::CONTENT_TYPE, TEXT)], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "the numbers can't be told");
            (StatusCode::INTERNAL_SERVER_ERROR, "The database does not answer.\n").into_response()
        }
    }
}
