//! GraphiQL from files inside the binary: nothing is loaded from elsewhere.

use std::sync::Arc;

use axum::{
    Router,
    extract::Path,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use include_dir::{Dir, include_dir};

use crate::app::App;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/graphiql/dist");

/// The editor needs inline styles; scripts come from our files only.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub fn router() -> Router<Arc<App>> {
    Router::new().route("/", get(page)).route("/graphiql/{*file}", get(file))
}

pub async fn page() -> Response {
    let mut response = serve("index.html");
    let headers = response.headers_mut();
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    // A browser asks `/graphql` for the page or for data, by what it accepts.
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    response
}

async fn file(Path(path): Path<String>) -> Response {
    serve(&path)
}

fn serve(path: &str) -> Response {
    let Some(file) = FILES.get_file(path) else {
        return (StatusCode::NOT_FOUND, "There is no such file.\n").into_response();
    };
    let headers: [(HeaderName, &str); 3] = [
        (header::CONTENT_TYPE, content_type(path)),
        // Workers are held to the policy of their own answer, not of the page's.
        (header::CONTENT_SECURITY_POLICY, POLICY),
        // The names say nothing of the version, but the files change only with the binary.
        (header::CACHE_CONTROL, "public, max-age=300"),
    ];
    (headers, file.contents()).into_response()
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("ttf") => "font/ttf",
        Some("woff2") => "font/woff2",
        _ => "text/plain; charset=utf-8",
    }
}
