//! The school's public keys, at addresses that programs know.

use std::sync::Arc;

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use learning::certificates::{self, Issuer, Signer};

use super::answering::{failed, with_headers};
use crate::app::App;

pub async fn key_set(State(app): State<Arc<App>>) -> Response {
    answer(&app, "application/jwk-set+json", |issuer, signer| certificates::key_set(issuer, signer).to_string())
}

pub async fn did_document(State(app): State<Arc<App>>) -> Response {
    answer(&app, "application/did+json", |issuer, signer| certificates::did_document(issuer, signer).to_string())
}

pub async fn pem(State(app): State<Arc<App>>) -> Response {
    answer(&app, "application/x-pem-file", |_, signer| certificates::public_key_pem(signer))
}

fn answer(app: &App, kind: &'static str, body: impl FnOnce(&Issuer, &Signer) -> String) -> Response {
    match app.school.signer() {
        Ok(signer) => {
            let body = body(&app.school.issuer, signer);
            with_headers(([(header::CONTENT_TYPE, kind)], body).into_response(), None)
        }
        Err(error) => failed(&error),
    }
}
