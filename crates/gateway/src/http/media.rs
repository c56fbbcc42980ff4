//! The bytes of files, for who has an address of them: see `media_links.rs`.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use chrono::Duration;
use kernel::{EntityId, Error, MediaId, Result};
use media::{delivering, storage::Handed};

use super::{
    ranges::{Wanted, is_known, wanted},
    refusing::{failed, refused},
    viewer::{self, Credential},
};
use crate::{
    app::App,
    graphql::Caller,
    media_links::{MediaLink, Use},
};

/// Something of a file, to be shown.
pub async fn play(
    State(app): State<Arc<App>>,
    Path((media, token, name)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Response {
    match link(&app, Use::Play, (&media, &token), &headers).await {
        Ok(Some(link)) => {
            let file = delivering::shown(app.db.read(), link.media, &name).await;
            give(&app, file, &headers, link.expires).await
        }
        Ok(None) => not_good(),
        Err(error) => failed(&error),
    }
}

/// Something of a file that everybody may open, as long as they may.
pub async fn show(
    State(app): State<Arc<App>>,
    Path((media, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let found = match MediaId::from_wire(&media) {
        Ok(id) => delivering::public(app.db.read(), id, &name).await,
        Err(_) => Err(Error::NotFound),
    };
    let expires = (app.world.now() + PUBLIC).timestamp();
    give(&app, found, &headers, expires).await
}

/// How long browsers keep what everybody may open; what is taken back should be gone soon.
const PUBLIC: Duration = Duration::hours(1);

/// The file itself, to be kept.
pub async fn download(
    State(app): State<Arc<App>>,
    Path((media, token)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    match link(&app, Use::Download, (&media, &token), &headers).await {
        Ok(Some(link)) => {
            let file = delivering::kept(app.db.read(), link.media).await;
            give(&app, file, &headers, link.expires).await
        }
        Ok(None) => not_good(),
        Err(error) => failed(&error),
    }
}

fn not_good() -> Response {
    refused(
        StatusCode::FORBIDDEN,
        "The address is not good (any more), or is somebody else's: ask `playback` for another.",
    )
}

/// The link, when it is good, and for who comes with it.
async fn link(app: &Arc<App>, is_for: Use, at: (&str, &str), headers: &HeaderMap) -> Result<Option<MediaLink>> {
    let Some(link) = MediaLink::read(app, is_for, at.0, at.1)? else {
        return Ok(None);
    };
    // A credential that is over is no reason to stop in the middle of a film; that of somebody else is.
    let is_theirs = match viewer::caller(app, &Credential::of(headers)).await? {
        Caller::Known(viewer) => link.is_for(&viewer),
        Caller::Rejected => true,
    };
    Ok(if is_theirs && link.is_held(app).await? { Some(link) } else { None })
}

async fn give(app: &App, file: Result<delivering::Piece>, headers: &HeaderMap, expires: i64) -> Response {
    let given = match file {
        Ok(file) => send(app, &file, headers, expires).await,
        Err(error) => Err(error),
    };
    given.unwrap_or_else(|error| failed(&error))
}

async fn send(app: &App, piece: &delivering::Piece, headers: &HeaderMap, expires: i64) -> Result<Response> {
    if piece.is_large {
        let handed = Handed { content_type: &piece.content_type, disposition: &piece.disposition };
        if let Some(url) = app.storage.get_url(&piece.key, &handed).await? {
            let private = [(header::CACHE_CONTROL, "private, no-store"), (header::REFERRER_POLICY, "no-referrer")];
            return Ok((private, Redirect::temporary(&url)).into_response());
        }
    }
    let size = app.storage.size(&piece.key).await?;
    let tag = format!("\"{}\"", piece.tag);
    let about = about(piece, &tag, expires - app.world.now().timestamp());
    if is_known(headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    let (status, range) = match wanted(headers, size, &tag) {
        Wanted::All => (StatusCode::OK, None),
        Wanted::Part(range) => (StatusCode::PARTIAL_CONTENT, Some(range)),
        Wanted::Beyond => {
            let size = [(header::CONTENT_RANGE, format!("bytes */{size}"))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, size, about).into_response());
        }
    };
    let sent = range.as_ref().map_or(size, |range| range.end - range.start);
    let content = app.storage.read(&piece.key, range.clone()).await?;
    let mut response = (status, about, Body::from_stream(content)).into_response();
    response.headers_mut().insert(header::CONTENT_LENGTH, sent.into());
    if let Some(range) = range {
        let range = format!("bytes {}-{}/{size}", range.start, range.end - 1);
        let range = range.parse().map_err(|_| Error::Internal("a range that is no header".into()))?;
        response.headers_mut().insert(header::CONTENT_RANGE, range);
    }
    Ok(response)
}

/// Nothing that is delivered runs anything, whatever it is.
fn about(piece: &delivering::Piece, tag: &str, seconds: i64) -> [(HeaderName, String); 9] {
    [
        (header::CONTENT_TYPE, piece.content_type.clone()),
        (header::CONTENT_DISPOSITION, piece.disposition.clone()),
        (header::ETAG, tag.into()),
        (header::ACCEPT_RANGES, "bytes".into()),
        (header::CACHE_CONTROL, format!("private, max-age={}", seconds.max(0))),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".into()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".into()),
        (header::REFERRER_POLICY, "no-referrer".into()),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin".into()),
    ]
}
