use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::EntityId;
use learning::CertificateRow;

use super::{Enrollment, keys::EnrollmentById};
use crate::graphql::{
    accounts::PublicProfile,
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

    /// What a stranger verifies it by. Unique among certificates.
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

    /// When it was issued.
    async fn issued_at(&self) -> DateTime<Utc> {
        self.0.issued_at
    }

    /// When the course was finished.
    async fn completed_at(&self) -> DateTime<Utc> {
        self.0.completed_at
    }

    /// When it was taken back. Null as long as it is valid.
    async fn revoked_at(&self) -> Option<DateTime<Utc>> {
        self.0.revoked_at
    }

    /// Why it was taken back; empty as long as it is valid.
    async fn revoked_reason(&self) -> &str {
        &self.0.revoked_reason
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
