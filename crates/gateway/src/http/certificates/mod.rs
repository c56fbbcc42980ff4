//! Certificates for everybody who has the serial: a page, the PDF, the credential, and the keys that it is signed with.

mod answering;
mod credential;
mod keys;
mod page;
mod paper;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
    routing::get,
};
use kernel::Result;
use learning::certificates::{Verified, verify};

use crate::app::App;

/// All of them may be read by the pages of any origin: they say the same to everybody.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/certificates/{name}", get(show))
        .route("/certificates/{serial}/status", get(status))
        .route("/certificates/style.css", get(page::style))
        .route("/.well-known/jwks.json", get(keys::key_set))
        .route("/.well-known/did.json", get(keys::did_document))
        // Where `did:web` looks when the school's address has a path.
        .route("/did.json", get(keys::did_document))
        .route("/.well-known/signing-key.pem", get(keys::pem))
}

/// In which form somebody asks for a certificate, by the end of the name.
async fn show(State(app): State<Arc<App>>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let (serial, form) = name.rsplit_once('.').unwrap_or((&name, ""));
    let found = match found(&app, serial).await {
        Ok(found) => found,
        Err(error) => return answering::failed(&error),
    };
    let answered = match (found, form) {
        (Some(verified), "") => page::page(&app, &headers, &verified),
        (Some(verified), "pdf") => paper::paper(&app, &headers, &verified).await,
        (Some(verified), "json") => credential::credential(&app, &headers, &verified),
        (Some(verified), "jwt") => credential::token(&app, &headers, &verified),
        _ => page::missing(&app),
    };
    answered.unwrap_or_else(|error| answering::failed(&error))
}

async fn status(State(app): State<Arc<App>>, Path(serial): Path<String>, headers: HeaderMap) -> Response {
    let answered = match found(&app, &serial).await {
        Ok(Some(verified)) => credential::status(&app, &headers, &verified),
        Ok(None) => page::missing(&app),
        Err(error) => Err(error),
    };
    answered.unwrap_or_else(|error| answering::failed(&error))
}

async fn found(app: &App, serial: &str) -> Result<Option<Verified>> {
    verify(app.db.read(), serial).await
}
