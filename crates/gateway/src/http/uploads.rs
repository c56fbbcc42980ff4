use std::{io, sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::{OriginalUri, Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::{Stream, StreamExt, stream::unfold};
use kernel::{EntityId, Error, UploadId, Viewer};
use media::{UploadRow, UploadStatus, reading, storage::NotTaken};
use tokio::time::timeout;

use super::refusing::{failed, refused};
use crate::{
    app::App,
    signing::{Signature, is_good},
};

/// Who sends nothing for so long has gone.
const PATIENCE: Duration = Duration::from_secs(60);

/// A part of an upload, by an address that we have signed. It is kept when it is whole, in the place of what was sent as
/// the same part before.
pub async fn receive(
    State(app): State<Arc<App>>,
    Path((id, part)): Path<(String, String)>,
    OriginalUri(uri): OriginalUri,
    signature: Result<Query<Signature>, QueryRejection>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let good = match &signature {
        Ok(Query(signature)) => is_good(&app, "PUT", uri.path(), signature),
        Err(_) => Ok(false),
    };
    match good {
        Ok(true) => {}
        Ok(false) => {
            return refused(StatusCode::FORBIDDEN, "The address is not good (any more): have it signed again.");
        }
        Err(error) => return failed(&error),
    }
    let upload = match open_upload(&app, &id).await {
        Ok(upload) => upload,
        Err(error) => return failed(&error),
    };
    if upload.status != UploadStatus::Open || upload.expires_at <= app.world.now() {
        return refused(StatusCode::CONFLICT, "The upload has ended.");
    }
    let part = part.parse().unwrap_or_default();
    let Some(size) = upload.size_of(part) else {
        return refused(StatusCode::NOT_FOUND, "The upload has no such part.");
    };
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|announced| announced != size) {
        return wrong_size(size);
    }
    let content = Box::pin(patient(body.into_data_stream().map(|bytes| bytes.map_err(io::Error::other))));
    match app.storage.put_part(upload.id, (part, size), content).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(NotTaken::WrongSize) => wrong_size(size),
        Err(NotTaken::CutOff) => refused(StatusCode::BAD_REQUEST, "The part was cut off: send it again."),
        Err(NotTaken::Failed(error)) => failed(&error),
    }
}

/// The signature has said who may: the row is only asked how it stands.
async fn open_upload(app: &App, id: &str) -> kernel::Result<UploadRow> {
    let id = UploadId::from_wire(id).map_err(|_| Error::NotFound)?;
    reading::uploads(app.db.read(), &Viewer::System, &[id]).await?.remove(&id).ok_or(Error::NotFound)
}

fn wrong_size(size: u64) -> Response {
    refused(StatusCode::BAD_REQUEST, &format!("This part has to have exactly {size} bytes."))
}

/// Ends with an error when nothing comes for too long.
fn patient(content: impl Stream<Item = io::Result<Bytes>> + Unpin) -> impl Stream<Item = io::Result<Bytes>> {
    unfold(Some(content), async |content| {
        let mut content = content?;
        match timeout(PATIENCE, content.next()).await {
            Ok(Some(bytes)) => Some((bytes, Some(content))),
            Ok(None) => None,
            Err(_) => Some((Err(io::ErrorKind::TimedOut.into()), None)),
        }
    })
}
