use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{CourseExportId, EntityId, Error};
use media::storage::{Content, keys};

use super::{
    refusing::failed,
    viewer::{self, Credential},
};
use crate::{app::App, graphql::Caller};

/// The package of a course, for who asked for it and may still change the course. Anybody else is told that there is none.
pub async fn fetch(State(app): State<Arc<App>>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    match package(&app, &id, &headers).await {
        Ok((size, content)) => (attachment(&id, size), Body::from_stream(content)).into_response(),
        Err(Error::NotFound) => (StatusCode::NOT_FOUND, "There is no such package, or not for you.\n").into_response(),
        Err(Error::Unauthenticated) => {
            (StatusCode::UNAUTHORIZED, "The token is expired, revoked or unknown: refresh it or sign in.\n")
                .into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn package(app: &Arc<App>, id: &str, headers: &HeaderMap) -> kernel::Result<(u64, Content)> {
    let id = CourseExportId::from_wire(id).map_err(|_| Error::NotFound)?;
    // By a cookie without our header, too, as the copies of one's data.
    let viewer = match viewer::caller(app, &Credential::of(headers)).await? {
        Caller::Known(viewer) => viewer,
        Caller::Rejected => return Err(Error::Unauthenticated),
    };
    courses::packaging::check_ready(app.db.read(), &viewer, id).await?;
    let key = keys::package(id);
    Ok((app.storage.size(&key).await?, app.storage.read(&key, None).await?))
}

/// The id is well-formed by now: nothing in it can break out of the header.
fn attachment(id: &str, size: u64) -> [(HeaderName, String); 5] {
    [
        (header::CONTENT_TYPE, "application/zip".into()),
        (header::CONTENT_LENGTH, size.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{id}.zip\"")),
        (header::CACHE_CONTROL, "no-store".into()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".into()),
    ]
}
