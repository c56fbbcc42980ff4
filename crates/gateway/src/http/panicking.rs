use std::panic::AssertUnwindSafe;

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;
use serde_json::json;

/// The answer, or, when what should have answered has panicked, that something went wrong: no connection is just cut.
pub async fn caught(answering: impl Future<Output = Response>, request_id: &str) -> Response {
    AssertUnwindSafe(answering).catch_unwind().await.unwrap_or_else(|_| {
        tracing::error!("a request panicked");
        let extensions = json!({"code": "INTERNAL_SERVER_ERROR", "requestId": request_id});
        let body = json!({"errors": [{"message": "Something went wrong on our side.", "extensions": extensions}]});
        (StatusCode::INTERNAL_SERVER_ERROR, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
    })
}
