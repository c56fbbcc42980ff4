use axum::{
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use kernel::{Error, Result};
use learning::certificates::{Verified, sheet};

use super::answering::{is_known, mark, unchanged, with_headers};
use crate::app::App;

/// The PDF. Drawing it takes a processor for a moment: so many at a time, and on threads that may wait.
pub async fn paper(app: &App, headers: &HeaderMap, verified: &Verified) -> Result<Response> {
    let mark = mark(app, "pdf", verified);
    if is_known(headers, &mark) {
        return Ok(unchanged(&mark));
    }
    let file = drawn(app, verified).await?;
    let name = format!("inline; filename=\"certificate-{}.pdf\"", verified.certificate.serial);
    let headers = [(header::CONTENT_TYPE, "application/pdf".to_string()), (header::CONTENT_DISPOSITION, name)];
    Ok(with_headers((headers, file).into_response(), Some(&mark)))
}

async fn drawn(app: &App, verified: &Verified) -> Result<Vec<u8>> {
    let internal = |error: &dyn std::fmt::Display| Error::Internal(error.to_string());
    let slot = app.school.drawing.clone().acquire_owned().await.map_err(|error| internal(&error))?;
    let (certificate, page) = (verified.certificate.clone(), app.school.issuer.page(&verified.certificate.serial));
    let drawing = tokio::task::spawn_blocking(move || {
        // Held by the work: it goes on when who asked for it has gone.
        let _slot = slot;
        sheet(&certificate, &page)
    });
    drawing.await.map_err(|error| internal(&error))?
}
