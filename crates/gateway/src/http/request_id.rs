use std::{fmt::Write, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};

use crate::app::App;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of this request: in the log, in the answer's header and with internal errors.
#[derive(Clone)]
pub struct RequestId(pub String);

/// Takes the id that a proxy gave, or makes one.
pub async fn give(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let given = request.headers().get(&HEADER).and_then(|id| id.to_str().ok()).filter(|id| is_sane(id));
    let id = given.map_or_else(|| fresh(&app), str::to_string);
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).await;
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, id);
    }
    response.headers_mut().insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    response
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
