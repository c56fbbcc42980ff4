//! How requests for files are refused: by a status and a sentence.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::Error;

pub fn refused(status: StatusCode, says: &str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], format!("{says}\n")).into_response()
}

/// What is not there is not found; the rest is for the log.
pub fn failed(error: &Error) -> Response {
    if matches!(error, Error::NotFound) {
        return refused(StatusCode::NOT_FOUND, "There is no such file, or not for you.");
    }
    tracing::error!(%error, "a file could not be taken or given");
    refused(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side.")
}
