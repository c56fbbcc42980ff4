//! GraphQL over HTTP: <https://graphql.github.io/graphql-over-http/draft/>.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use async_graphql::{Request as Query, Response as Answer, ServerError, Value, parser::types::OperationType};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use tokio::time::timeout;

use super::{
    MAX_BODY, caching, cookies,
    negotiate::{MediaType, negotiate},
    params,
    request_id::RequestId,
    sent,
    viewer::{self, Credential},
};
use crate::{
    app::App,
    graphql::{
        CSRF_PREVENTION, Call, Caller, Cookies, DOCUMENT_NOT_FOUND, GUARD_WANTED, Origin, coded, is_refused, refusal,
    },
};

/// How long a body may take to arrive.
const BODY_WAIT: Duration = Duration::from_secs(10);
/// The same for one with files.
const FILES_WAIT: Duration = Duration::from_secs(60);

/// A query by GET, so that it can be cached.
pub async fn get(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let Some(media_type) = negotiate(&parts.headers) else {
        return not_acceptable();
    };
    match params::from_query_string(parts.uri.query().unwrap_or_default()) {
        Ok(query) => run(app, &parts, query, media_type, true).await,
        Err(message) => bad_request(message, media_type),
    }
}

/// Any operation by POST.
pub async fn post(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Some(media_type) = negotiate(&parts.headers) else {
        return not_acceptable();
    };
    if sent::is_multipart(&parts.headers) {
        return post_files(app, &parts, body, media_type).await;
    }
    // A page elsewhere can send a form without asking first, but not JSON: this is also what keeps it from acting here.
    if !is_json(&parts.headers) {
        return fail(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "UNSUPPORTED_MEDIA_TYPE",
            "Send `content-type: application/json` in UTF-8.",
            media_type,
        );
    }
    let Ok(body) = timeout(BODY_WAIT, to_bytes(body, MAX_BODY)).await else {
        return fail(StatusCode::REQUEST_TIMEOUT, "TIMEOUT", "The body did not arrive in time.", media_type);
    };
    let Ok(body) = body else {
        return fail(
            StatusCode::PAYLOAD_TOO_LARGE,
            "PAYLOAD_TOO_LARGE",
            &format!("A body has at most {MAX_BODY} bytes."),
            media_type,
        );
    };
    match parse(&body) {
        Ok(query) => run(app, &parts, query, media_type, false).await,
        Err(message) => bad_request(message, media_type),
    }
}

/// An operation with files. A page elsewhere can send such a form without asking first, but not with our header.
async fn post_files(app: Arc<App>, parts: &Parts, body: Body, media_type: MediaType) -> Response {
    if !parts.headers.contains_key(cookies::GUARD) {
        let message = "Requests with files need the header `x-lectern-csrf`, with any value.";
        return fail(StatusCode::FORBIDDEN, CSRF_PREVENTION, message, media_type);
    }
    let Ok(read) = timeout(FILES_WAIT, sent::read(&app, &parts.headers, body)).await else {
        return fail(StatusCode::REQUEST_TIMEOUT, "TIMEOUT", "The body did not arrive in time.", media_type);
    };
    let (members, files) = match read {
        Ok(read) => read,
        Err(refusal) => return not_taken(refusal, media_type),
    };
    match params::request(members) {
        Ok(query) => run(app, parts, query.data(files), media_type, false).await,
        Err(message) => bad_request(message, media_type),
    }
}

fn not_taken(refusal: sent::Refusal, media_type: MediaType) -> Response {
    match refusal {
        sent::Refusal::Malformed(message) => bad_request(message, media_type),
        sent::Refusal::TooLarge(message) => {
            fail(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", &message, media_type)
        }
        sent::Refusal::Failed(error) => {
            tracing::error!(%error, "a request with files could not be taken");
            let message = "Something went wrong on our side.";
            fail(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL_SERVER_ERROR", message, media_type)
        }
    }
}

/// Neither GET nor POST.
pub async fn other_method(headers: HeaderMap) -> Response {
    let media_type = negotiate(&headers).unwrap_or(MediaType::Json);
    not_allowed("Use GET or POST.", "GET, POST", media_type)
}

async fn run(app: Arc<App>, parts: &Parts, query: Query, media_type: MediaType, by_get: bool) -> Response {
    let credential = Credential::of(&parts.headers);
    let cookies = cookies::of(&parts.headers, credential.is_cookie());
    // The browser adds cookies to what pages elsewhere send as well.
    if credential.is_cookie() && matches!(cookies, Cookies::Unguarded) {
        return fail(StatusCode::FORBIDDEN, CSRF_PREVENTION, GUARD_WANTED, media_type);
    }
    let call = match call(app, parts, &credential, cookies).await {
        Ok(call) => call,
        Err(response) => return answer(&response, media_type),
    };
    let admitted = match call.admit_named(query).await {
        Ok(admitted) => admitted,
        Err(error) => return answer(&call.finish(refusal(error)), media_type),
    };
    if by_get && admitted.operation != OperationType::Query {
        return not_allowed("Only queries run by GET: use POST.", "POST", media_type);
    }
    if admitted.operation == OperationType::Subscription {
        return bad_request(
            "Subscriptions run over WebSocket, by the protocol graphql-transport-ws, at this address.",
            media_type,
        );
    }
    let max_age = admitted.max_age.filter(|_| by_get && matches!(credential, Credential::Nothing));
    let answered = call.execute(admitted).await;
    let is_whole = answered.errors.is_empty() && answered.http_headers.is_empty() && answered.extensions.is_empty();
    let response = answer(&answered, media_type);
    match max_age {
        Some(seconds) if is_whole => caching::kept(response, &parts.headers, seconds).await,
        _ => response,
    }
}

async fn call(app: Arc<App>, parts: &Parts, credential: &Credential, cookies: Cookies) -> Result<Call, Answer> {
    let request_id = parts.extensions.get::<RequestId>().map_or_else(String::new, |id| id.0.clone());
    let address =
        parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or(SocketAddr::from(([0, 0, 0, 0], 0)), |info| info.0);
    let origin = Origin { cookies, ..viewer::origin(&app, &parts.headers, address) };
    let known = viewer::caller(&app, credential).await;
    let failed = known.as_ref().err().map(ToString::to_string);
    let call = Call { app, caller: known.unwrap_or(Caller::Rejected), origin, request_id };
    match failed {
        None => Ok(call),
        Some(error) => {
            tracing::error!(error, "can't tell who is calling");
            let error = coded(ServerError::new("Something went wrong on our side.", None), "INTERNAL_SERVER_ERROR");
            Err(call.finish(refusal(error)))
        }
    }
}

fn parse(body: &Bytes) -> Result<Query, &'static str> {
    let members = serde_json::from_slice(body).map_err(|_| "The body is not valid JSON.")?;
    params::request(members)
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(content_type) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let content_type = content_type.to_ascii_lowercase();
    let mut parts = content_type.split(';').map(str::trim);
    let is_json = parts.next() == Some("application/json");
    let charset = parts.find_map(|part| part.strip_prefix("charset="));
    is_json && charset.is_none_or(|charset| matches!(charset.trim_matches('"'), "utf-8" | "utf8"))
}

/// The status that goes with an answer: the one place that maps them. Audits of `graphql-http` want 400 for what was
/// refused and 200 for partial data, where the newest draft says 422 and 294.
fn status(answer: &Answer, media_type: MediaType) -> StatusCode {
    let code = |error: &ServerError| error.extensions.as_ref()?.get("code").cloned();
    if answer.errors.iter().any(|error| code(error) == Some(CSRF_PREVENTION.into())) {
        return StatusCode::FORBIDDEN;
    }
    // Nothing is wrong: the client is asked to send the text along.
    let is_unknown = answer.errors.iter().any(|error| code(error) == Some(DOCUMENT_NOT_FOUND.into()));
    if is_refused(answer) && answer.errors.iter().any(|error| code(error) == Some("RATE_LIMITED".into())) {
        return StatusCode::TOO_MANY_REQUESTS;
    }
    if media_type == MediaType::Json || is_unknown || !is_refused(answer) {
        return StatusCode::OK;
    }
    let code = answer.errors.first().and_then(|error| error.extensions.as_ref()?.get("code").cloned());
    match code {
        Some(Value::String(code)) if code == "UNAUTHENTICATED" => StatusCode::UNAUTHORIZED,
        Some(Value::String(code)) if code == "INTERNAL_SERVER_ERROR" => StatusCode::INTERNAL_SERVER_ERROR,
        Some(Value::String(code)) if code == "OVERLOADED" => StatusCode::SERVICE_UNAVAILABLE,
        Some(Value::String(code)) if code == "TIMEOUT" => StatusCode::GATEWAY_TIMEOUT,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// When everything that went wrong would go well later: after so many seconds.
fn retry_after(answer: &Answer) -> Option<u64> {
    let waits = answer.errors.iter().map(|error| match error.extensions.as_ref()?.get("retryAfterSeconds") {
        Some(Value::Number(seconds)) => seconds.as_u64(),
        _ => None,
    });
    waits.collect::<Option<Vec<_>>>()?.into_iter().max()
}

/// What is refused has no `data` at all.
#[derive(Serialize)]
struct Refused<'a> {
    errors: &'a [ServerError],
}

fn answer(answer: &Answer, media_type: MediaType) -> Response {
    let body = if is_refused(answer) {
        serde_json::to_string(&Refused { errors: &answer.errors })
    } else {
        serde_json::to_string(answer)
    };
    match body {
        Ok(body) => {
            let mut response = respond(status(answer, media_type), body, media_type);
            response.headers_mut().extend(answer.http_headers.clone());
            if let Some(seconds) = retry_after(answer) {
                response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            }
            response
        }
        Err(error) => {
            tracing::error!(%error, "an answer can't be written as JSON");
            fail(
                StatusCode::INTERNAL_SERVER_ERROR,
                "INTERNAL_SERVER_ERROR",
                "Something went wrong on our side.",
                media_type,
            )
        }
    }
}

fn respond(status: StatusCode, body: String, media_type: MediaType) -> Response {
    // What somebody may see is nothing for caches that others use, too; `caching` says more of what is everybody's.
    let headers = [
        (header::CONTENT_TYPE, media_type.header()),
        (header::VARY, "accept, authorization, cookie, x-lectern-cost"),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    (status, headers, body).into_response()
}

fn bad_request(message: &str, media_type: MediaType) -> Response {
    fail(StatusCode::BAD_REQUEST, "BAD_REQUEST", message, media_type)
}

fn not_acceptable() -> Response {
    let message = "Accept application/graphql-response+json or application/json.";
    fail(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message, MediaType::Json)
}

fn not_allowed(message: &str, allowed: &'static str, media_type: MediaType) -> Response {
    let mut response = fail(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message, media_type);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
    response
}

fn fail(status: StatusCode, code: &str, message: &str, media_type: MediaType) -> Response {
    let error = coded(ServerError::new(message, None), code);
    let body = serde_json::to_string(&Refused { errors: &[error] }).unwrap_or_default();
    respond(status, body, media_type)
}
