//! How requests for files are refused: by a status and a sentence.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::Error;

pub fn refused(status: StatusCode, says: &str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], format!("{says}\n")).into_response()
}

/// What is not there is not found, what is too much is for later; the rest is for the log.
pub fn failed(error: &Error) -> Response {
    if matches!(error, Error::NotFound) {
        return refused(StatusCode::NOT_FOUND, "There is no such file, or not for you.");
    }
    if let Error::Exhausted { message, retry_after, .. } = error {
        let mut response = refused(StatusCode::SERVICE_UNAVAILABLE, message);
        response.headers_mut().extend(retry_after.map(|seconds| (header::RETRY_AFTER, seconds.into())));
        return response;
    }
    tracing::error!(%error, "a file could not be taken or given");
    refused(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_much_at_this_moment_is_for_later() {
        let error = Error::Exhausted { code: "OVERLOADED", message: "Too much.".to_string(), retry_after: Some(1) };
        let response = failed(&error);
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()[header::RETRY_AFTER], "1");
    }
}
