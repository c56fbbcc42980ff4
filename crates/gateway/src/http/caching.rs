//! What caches between here and the reader may keep.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

/// The most of a body that is looked at for its tag: all of it, as answers are in memory already.
const WHOLE: usize = usize::MAX;

/// An answer that anybody may have and keep for so long; 304 when the caller has it already.
pub async fn kept(response: Response, asked: &HeaderMap, seconds: u32) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, WHOLE).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    // Weak: compression makes other bytes of the same answer.
    let tag = format!("W/\"{}\"", base16(&Sha256::digest(&body)));
    if let (Ok(tag), Ok(control)) =
        (HeaderValue::from_str(&tag), HeaderValue::from_str(&format!("public, max-age={seconds}")))
    {
        parts.headers.insert(header::ETAG, tag);
        parts.headers.insert(header::CACHE_CONTROL, control);
    }
    if !has(asked, &tag) {
        return Response::from_parts(parts, Body::from(body));
    }
    parts.status = StatusCode::NOT_MODIFIED;
    parts.headers.remove(header::CONTENT_TYPE);
    Response::from_parts(parts, Body::empty())
}

/// Does the caller have the answer with this tag? Tags are compared weakly, as RFC 9110 says of `If-None-Match`.
fn has(asked: &HeaderMap, tag: &str) -> bool {
    let strong = |tag: &str| tag.trim().trim_start_matches("W/").to_string();
    let mut given = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    given.any(|given| given.split(',').any(|one| one.trim() == "*" || strong(one) == strong(tag)))
}

fn base16(bytes: &[u8]) -> String {
    bytes.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
