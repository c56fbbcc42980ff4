//! HTTP and WebSocket in front of the schema.

mod caching;
mod certificates;
mod client_address;
pub mod cookies;
mod course_exports;
mod exports;
mod graphiql;
mod graphql;
mod health;
mod media;
mod negotiate;
mod operations;
mod panicking;
mod params;
mod pictures;
mod ranges;
mod refusing;
mod request_id;
mod securing;
mod sent;
mod uploads;
mod viewer;
mod ws;

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::{HeaderName, HeaderValue, Method, header},
    middleware::from_fn_with_state,
    routing::{get, put},
};
use tower_http::{
    compression::CompressionLayer,
    cors::{AllowOrigin, CorsLayer},
};

pub use operations::operations;

use crate::{app::App, graphql as schema};

/// The largest body of a request.
const MAX_BODY: usize = 1 << 20;

/// Everything the server answers to.
pub fn router(app: Arc<App>) -> Router {
    let pages = if app.shows_graphiql() { graphiql::router() } else { Router::new() };
    pages
        .route("/graphql", get(ws::or_get).post(graphql::post).fallback(graphql::other_method))
        .route("/exports/{id}", get(exports::fetch))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .merge(if app.limits.introspection { Router::new().route("/schema.graphql", get(sdl)) } else { Router::new() })
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(CompressionLayer::new())
        .merge(files())
        .layer(cors(&app.cors_origins))
        // For the pages of every origin, without anybody's cookies.
        .merge(certificates::router())
        .layer(from_fn_with_state(app.clone(), request_id::give))
        .with_state(app)
}

/// Bytes of files: as long as they are, and not packed once more.
fn files() -> Router<Arc<App>> {
    Router::new()
        .route("/uploads/{id}/{part}", put(uploads::receive))
        .route("/course-exports/{id}", get(course_exports::fetch))
        .route("/pictures/{id}", get(pictures::show))
        .route("/files/{id}/{*name}", get(media::show))
        .route("/media/{id}/{token}/{*name}", get(media::play))
        .route("/downloads/{id}/{token}", get(media::download))
}

async fn sdl(State(app): State<Arc<App>>) -> ([(HeaderName, HeaderValue); 1], String) {
    let text = HeaderValue::from_static("text/plain; charset=utf-8");
    ([(header::CONTENT_TYPE, text)], schema::sdl(&app.schema))
}

/// Closed unless the configuration opens it.
fn cors(origins: &[String]) -> CorsLayer {
    let origins = origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok());
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST, Method::PUT])
        .allow_headers([
            header::CONTENT_TYPE,
            header::AUTHORIZATION,
            header::ACCEPT,
            HeaderName::from_static("x-request-id"),
            HeaderName::from_static(cookies::GUARD),
            HeaderName::from_static(viewer::COST),
        ])
        // Pages of these origins may act with their visitor's cookies.
        .allow_credentials(true)
        .expose_headers([HeaderName::from_static("x-request-id"), header::RETRY_AFTER])
}
