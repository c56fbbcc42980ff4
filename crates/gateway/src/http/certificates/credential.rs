use axum::{
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use kernel::Result;
use learning::certificates::{self, Verified};

use super::answering::{is_known, mark, unchanged, with_headers};
use crate::app::App;

/// The Open Badge, its proof inside.
pub fn credential(app: &App, headers: &HeaderMap, verified: &Verified) -> Result<Response> {
    let school = &app.school;
    let credential = certificates::credential(verified, &school.issuer, school.signer()?)?;
    Ok(answer(app, headers, verified, ("application/vc", "json", credential.to_string())))
}

/// The same as a signed token.
pub fn token(app: &App, headers: &HeaderMap, verified: &Verified) -> Result<Response> {
    let token = certificates::token(verified, &app.school.issuer, app.school.signer()?)?;
    Ok(answer(app, headers, verified, ("application/vc+jwt", "jwt", token)))
}

/// Whether it was revoked, for programs that hold an older copy.
pub fn status(app: &App, headers: &HeaderMap, verified: &Verified) -> Result<Response> {
    let list = certificates::revocations(verified, &app.school.issuer);
    Ok(answer(app, headers, verified, ("application/json", "status.json", list.to_string())))
}

fn answer(app: &App, headers: &HeaderMap, verified: &Verified, (kind, ending, body): (&str, &str, String)) -> Response {
    let mark = mark(app, ending, verified);
    if is_known(headers, &mark) {
        return unchanged(&mark);
    }
    // The serial is made of letters, digits and hyphens.
    let name = format!("inline; filename=\"certificate-{}.{ending}\"", verified.certificate.serial);
    let headers = [(header::CONTENT_TYPE, kind.to_string()), (header::CONTENT_DISPOSITION, name)];
    with_headers((headers, body).into_response(), Some(&mark))
}
