use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{DataExportId, EntityId, Error};

use super::{
    refusing::failed,
    viewer::{self, Credential},
};
use crate::{app::App, graphql::Caller};

/// The archive of a data export, for the person it is about. Anybody else is told that there is none; who comes with a
/// credential that is no good any more is told that.
pub async fn fetch(State(app): State<Arc<App>>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    match archive(&app, &id, &headers).await {
        Ok(archive) => (attachment(&id), archive).into_response(),
        Err(Error::NotFound) => (StatusCode::NOT_FOUND, "There is no such export, or not for you.\n").into_response(),
        Err(Error::Unauthenticated) => {
            (StatusCode::UNAUTHORIZED, "The token is expired, revoked or unknown: refresh it or sign in.\n")
                .into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn archive(app: &Arc<App>, id: &str, headers: &HeaderMap) -> kernel::Result<String> {
    let id = DataExportId::from_wire(id).map_err(|_| Error::NotFound)?;
    // A browser's cookie will do without our header: a link to a file can't carry one, reading changes nothing, and a page
    // elsewhere gets nothing to read.
    match viewer::caller(app, &Credential::of(headers)).await? {
        Caller::Known(viewer) => accounts::archive(app.db.read(), &viewer, id).await,
        Caller::Rejected => Err(Error::Unauthenticated),
    }
}

/// The id is well-formed by now: nothing in it can break out of the header.
fn attachment(id: &str) -> [(HeaderName, String); 3] {
    [
        (header::CONTENT_TYPE, "application/json".into()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{id}.json\"")),
        (header::CACHE_CONTROL, "no-store".into()),
    ]
}
