use async_graphql::{Context, Object};
use chrono::{DateTime, Utc};
use learning::certificates::Verified;

use super::certificate_status::CertificateStatus;
use crate::graphql::context::Req;

/// A certificate as everybody may see it who has its serial: all that is printed on it, and what it is worth today.
pub struct CertificateVerification(pub Verified);

/// A certificate as everybody may see it who has its serial: all that is printed on it, and what it is worth today.
#[Object]
impl CertificateVerification {
    /// Its serial, as it is printed.
    async fn serial(&self) -> &str {
        &self.0.certificate.serial
    }

    /// What it is worth today.
    async fn status(&self) -> CertificateStatus {
        self.0.certificate.status().into()
    }

    /// Who finished the course. Empty when the person's account is gone.
    async fn recipient_name(&self) -> &str {
        &self.0.certificate.recipient_name
    }

    /// What was finished.
    async fn course_title(&self) -> &str {
        &self.0.certificate.course_title
    }

    /// Who taught it.
    async fn instructor_name(&self) -> &str {
        &self.0.certificate.instructor_name
    }

    /// Who issued it: the school.
    async fn institution_name(&self) -> &str {
        &self.0.certificate.institution_name
    }

    /// How long the course was, in seconds. Null when that was not known.
    async fn duration_seconds(&self) -> Option<i32> {
        Some(self.0.certificate.duration).filter(|duration| *duration > 0)
    }

    /// When the course was finished.
    async fn completed_at(&self) -> DateTime<Utc> {
        self.0.certificate.completed_at
    }

    /// When it was issued.
    async fn issued_at(&self) -> DateTime<Utc> {
        self.0.certificate.issued_at
    }

    /// When it was taken back. Null when it was not.
    async fn revoked_at(&self) -> Option<DateTime<Utc>> {
        self.0.certificate.revoked_at
    }

    /// Why it was taken back; empty when it was not.
    async fn revoked_reason(&self) -> &str {
        &self.0.certificate.revoked_reason
    }

    /// Since when another one has its place. Null when none has.
    async fn superseded_at(&self) -> Option<DateTime<Utc>> {
        self.0.certificate.superseded_at
    }

    /// The serial of the one that has its place. Null when none has.
    async fn replaced_by_serial(&self) -> Option<&str> {
        self.0.replaced_by.as_deref()
    }

    /// The page that says the same to people.
    async fn page_url(&self, ctx: &Context<'_>) -> String {
        ctx.req().app.school.issuer.page(&self.0.certificate.serial)
    }

    /// The certificate on paper: a PDF.
    async fn pdf_url(&self, ctx: &Context<'_>) -> String {
        format!("{}.pdf", ctx.req().app.school.issuer.page(&self.0.certificate.serial))
    }

    /// The certificate for programs: a signed Open Badge 3.0. With `.jwt` instead of `.json` the same as a token.
    async fn credential_url(&self, ctx: &Context<'_>) -> String {
        format!("{}.json", ctx.req().app.school.issuer.page(&self.0.certificate.serial))
    }
}
