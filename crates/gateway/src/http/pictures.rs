use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, State},
    http::header::{self, HeaderName},
    response::{IntoResponse, Response},
};
use kernel::{EntityId, Error, MediaId};
use media::{media_file, reading, storage::Content};

use super::refusing::failed;
use crate::app::App;

/// The picture of a course or a person, for everybody. We have made it ourselves of what was uploaded.
pub async fn show(State(app): State<Arc<App>>, Path(id): Path<String>) -> Response {
    match find(&app, &id).await {
        Ok((file, content)) => (headers(&file), Body::from_stream(content)).into_response(),
        Err(error) => failed(&error),
    }
}

async fn find(app: &App, id: &str) -> kernel::Result<(media_file::Model, Content)> {
    let id = MediaId::from_wire(id).map_err(|_| Error::NotFound)?;
    let file = reading::public_picture(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    let content = app.storage.read(&file.storage_path, None).await?;
    Ok((file, content))
}

/// An hour, and not for ever: what is taken back should be gone soon.
fn headers(file: &media_file::Model) -> [(HeaderName, String); 6] {
    [
        (header::CONTENT_TYPE, file.mime_type.clone()),
        (header::CONTENT_LENGTH, file.file_size.to_string()),
        (header::CACHE_CONTROL, "public, max-age=3600".into()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".into()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".into()),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin".into()),
    ]
}
