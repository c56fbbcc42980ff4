//! What all forms of a certificate have in common as answers.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::Error;
use learning::certificates::Verified;
use sha2::{Digest, Sha256};

use crate::{app::App, http::refusing::refused};

/// What tells one state of a certificate from another, in one form. Everything that goes into an answer is in it.
pub fn mark(app: &App, form: &str, verified: &Verified) -> String {
    let key = app.school.signer.as_ref().map(|signer| signer.public());
    let said = format!("{} {form} {verified:?} {} {key:?}", env!("CARGO_PKG_VERSION"), app.school.issuer.address);
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(Sha256::digest(said.as_bytes())))
}

/// Has the asker got this state already?
pub fn is_known(headers: &HeaderMap, mark: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|value| value.split(',')).any(|one| one.trim().trim_start_matches("W/") == mark)
}

/// What the asker has is what there is.
pub fn unchanged(mark: &str) -> Response {
    with_headers(StatusCode::NOT_MODIFIED.into_response(), Some(mark))
}

/// The answer with what holds for all of them. With a mark it may be kept, and is asked for again each time: a certificate
/// that was taken back must not look good for a minute more.
pub fn with_headers(mut response: Response, mark: Option<&str>) -> Response {
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    match mark {
        Some(mark) => {
            set(header::ETAG, mark);
            set(header::CACHE_CONTROL, "public, no-cache");
        }
        None => set(header::CACHE_CONTROL, "no-store"),
    }
    set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    // Names of people: found by who was given the address, not by who looks for the name.
    set(HeaderName::from_static("x-robots-tag"), "noindex");
    response
}

pub fn failed(error: &Error) -> Response {
    tracing::error!(%error, "a certificate can't be shown");
    refused(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side.")
}
