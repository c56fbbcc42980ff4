use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::EntityId;
use learning::CertificateRow;

use super::{
    Enrollment,
    certificate_status::CertificateStatus,
    keys::{CertificateById, EnrollmentById},
};
use crate::graphql::{
    accounts::PublicProfile,
    context::Req,
    courses::{Course, keys::CourseById, staff_only},
    error::Result,
    node::{node_type, one},
};

node_type! {
    /// Proof that somebody finished a course.
    Certificate(CertificateRow)
}

/// Proof that somebody finished a course. Its words stay as they were when it was issued, whatever names and titles
/// become. You see your own, those of courses that you may edit, and all with the permission `learning.read`.
#[Object]
impl Certificate {
    /// Names this certificate among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// What a stranger verifies it by, with `verifyCertificate` or on the certificate's page. It can't be guessed.
    /// Unique among certificates.
    async fn serial(&self) -> &str {
        &self.0.serial
    }

    /// Who finished the course, by the name of that day.
    async fn recipient_name(&self) -> &str {
        &self.0.recipient_name
    }

    /// What was finished, by the title of that day.
    async fn course_title(&self) -> &str {
        &self.0.course_title
    }

    /// Who taught it, by the name of that day.
    async fn instructor_name(&self) -> &str {
        &self.0.instructor_name
    }

    /// Who issued it: the school, by the name of that day.
    async fn institution_name(&self) -> &str {
        &self.0.institution_name
    }

    /// How long the course was, in seconds. Null when that was not known.
    async fn duration_seconds(&self) -> Option<i32> {
        Some(self.0.duration).filter(|duration| *duration > 0)
    }

    /// What it is worth today.
    async fn status(&self) -> CertificateStatus {
        self.0.status().into()
    }

    /// The page that everybody may see who has its address: all that is printed, and the status.
    async fn page_url(&self, ctx: &Context<'_>) -> String {
        ctx.req().app.school.issuer.page(&self.0.serial)
    }

    /// The certificate on paper: a PDF.
    async fn pdf_url(&self, ctx: &Context<'_>) -> String {
        format!("{}.pdf", ctx.req().app.school.issuer.page(&self.0.serial))
    }

    /// The certificate for programs: a signed Open Badge 3.0. With `.jwt` instead of `.json` the same as a token.
    async fn credential_url(&self, ctx: &Context<'_>) -> String {
        format!("{}.json", ctx.req().app.school.issuer.page(&self.0.serial))
    }

    /// When it was issued.
    async fn issued_at(&self) -> DateTime<Utc> {
        self.0.issued_at
    }

    /// When the course was finished.
    async fn completed_at(&self) -> DateTime<Utc> {
        self.0.completed_at
    }

    /// When it was taken back. Null when it was not.
    async fn revoked_at(&self) -> Option<DateTime<Utc>> {
        self.0.revoked_at
    }

    /// Why it was taken back, as everybody is told; empty when it was not.
    async fn revoked_reason(&self) -> &str {
        &self.0.revoked_reason
    }

    /// Since when another one has its place. Null when none has.
    async fn superseded_at(&self) -> Option<DateTime<Utc>> {
        self.0.superseded_at
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// Who created it. Only for those who work on the course; null for others and when nobody in particular did.
    async fn created_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        staff_only(ctx, Some(self.0.course_id), self.0.created_by).await
    }

    /// Who last changed it. Only for those who work on the course; null for others and when nobody in particular did.
    async fn updated_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        staff_only(ctx, Some(self.0.course_id), self.0.updated_by).await
    }

    // Edges.

    /// The one that has its place. Null when none has.
    async fn replaced_by(&self, ctx: &Context<'_>) -> Option<Result<Certificate>> {
        one(ctx, self.0.replaced_by.map(CertificateById)).await
    }

    /// Who earned it. Null when the account is not active.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.user_id)).await
    }

    /// The course that was finished. Null when you may not see it (any more).
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, Some(CourseById(self.0.course_id))).await
    }

    /// The enrolment that earned it. Null when it is gone.
    async fn enrollment(&self, ctx: &Context<'_>) -> Option<Result<Enrollment>> {
        one(ctx, Some(EnrollmentById(self.0.enrollment_id))).await
    }
}
