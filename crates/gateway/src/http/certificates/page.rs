//! The public page of a certificate. No scripts, nothing from elsewhere.

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Error, Result};
use learning::certificates::{CertificateStatus, Verified, day};
use minijinja::{Environment, UndefinedBehavior, Value, context};

use super::answering::{is_known, mark, unchanged, with_headers};
use crate::app::App;

const POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub fn page(app: &App, headers: &HeaderMap, verified: &Verified) -> Result<Response> {
    let mark = mark(app, "html", verified);
    if is_known(headers, &mark) {
        return Ok(unchanged(&mark));
    }
    let html = filled("certificate.html", values(app, verified))?;
    Ok(with_headers(html_of(StatusCode::OK, html), Some(&mark)))
}

/// The same for every serial that is none, whatever is wrong with it.
pub fn missing(app: &App) -> Result<Response> {
    let html = filled("missing.html", context! { style => style_of(app) })?;
    Ok(with_headers(html_of(StatusCode::NOT_FOUND, html), None))
}

pub async fn style() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=300")];
    (headers, include_str!("templates/style.css")).into_response()
}

fn html_of(status: StatusCode, html: String) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, POLICY)];
    (status, headers, html).into_response()
}

fn values(app: &App, verified: &Verified) -> Value {
    let certificate = &verified.certificate;
    let issuer = &app.school.issuer;
    let printed: Vec<_> = certificate
        .printed()
        .into_iter()
        .map(|one| context! { label => one.label, value => one.value, field => one.field })
        .collect();
    context! {
        title => &certificate.course_title,
        printed,
        status => match certificate.status() {
            CertificateStatus::Valid => "valid",
            CertificateStatus::Revoked => "revoked",
            CertificateStatus::Superseded => "superseded",
        },
        revoked_on => certificate.revoked_at.map(day),
        reason => &certificate.revoked_reason,
        superseded_on => certificate.superseded_at.map(day),
        other => verified.replaced_by.as_ref().map(|serial| context! { serial, address => issuer.page(serial) }),
        page => issuer.page(&certificate.serial),
        style => style_of(app),
        signed => app.school.signer.is_some(),
    }
}

fn style_of(app: &App) -> String {
    format!("{}/certificates/style.css", path_of(&app.school.issuer.address))
}

/// The path that comes before ours, where the school's address has one.
fn path_of(address: &str) -> &str {
    let host = address.split_once("://").map_or(address, |(_, host)| host);
    host.find('/').map_or("", |at| &host[at..])
}

fn filled(name: &str, values: Value) -> Result<String> {
    let internal = |error: minijinja::Error| Error::Internal(format!("{name} can't be filled in: {error:#}"));
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    for (file, source) in [
        ("layout.html", include_str!("templates/layout.html")),
        ("certificate.html", include_str!("templates/certificate.html")),
        ("missing.html", include_str!("templates/missing.html")),
    ] {
        environment.add_template(file, source).map_err(internal)?;
    }
    environment.get_template(name).and_then(|template| template.render(values)).map_err(internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_is_below_the_path_of_the_school() {
        for (address, path) in [("https://school.example", ""), ("https://school.example/app/api", "/app/api")] {
            assert_eq!(path_of(address), path);
        }
    }
}
