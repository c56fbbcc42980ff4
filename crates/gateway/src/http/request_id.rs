use std::{fmt::Write, sync::Arc, time::Instant};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use opentelemetry::propagation::TextMapPropagator;
use opentelemetry_http::HeaderExtractor;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::{Instrument, Span};
use tracing_opentelemetry::OpenTelemetrySpanExt;

use super::{panicking, securing};
use crate::app::App;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of this request: in the log, in the answer's header and with internal errors.
#[derive(Clone)]
pub struct RequestId(pub String);

/// Takes the id that a proxy gave, or makes one; counts the request, and answers even when what should have has panicked.
pub async fn give(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let given = request.headers().get(&HEADER).and_then(|id| id.to_str().ok()).filter(|id| is_sane(id));
    let id = given.map_or_else(|| fresh(&app), str::to_string);
    request.extensions_mut().insert(RequestId(id.clone()));
    // Never the address itself: it may hold a token.
    let route = request.extensions().get::<MatchedPath>().map_or("none".into(), |route| route.as_str().to_string());
    let (begun, span) = (Instant::now(), span(&request, &route, &id));
    let mut response = panicking::caught(next.run(request), &id).instrument(span.clone()).await;
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    span.record("status", status);
    app.metrics.count_response(&route, status, took);
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, id);
    }
    securing::secure(response.headers_mut(), app.school.issuer.address.starts_with("https://"));
    response
}

/// What a trace shows of the request, within the trace that it is said to belong to.
fn span(request: &Request, route: &str, id: &str) -> Span {
    let name = format!("{} {route}", request.method());
    let span = tracing::info_span!("http", id, otel.name = name, otel.kind = "server", status = tracing::field::Empty);
    if request.headers().contains_key("traceparent") {
        // An error means that nobody traces.
        let _ = span.set_parent(parent(request.headers()));
    }
    span
}

fn parent(headers: &HeaderMap) -> opentelemetry::Context {
    TraceContextPropagator::new().extract(&HeaderExtractor(headers))
}

/// It goes into logs: short and without anything that could forge a line.
fn is_sane(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

fn fresh(app: &App) -> String {
    let mut bytes = [0; 8];
    if app.world.fill(&mut bytes).is_err() {
        return "unknown".into();
    }
    bytes.iter().fold(String::new(), |mut id, byte| {
        // Writing to a string does not fail.
        let _ = write!(id, "{byte:02x}");
        id
    })
}
