use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::{EntityId, Permission};
use learning::{EnrollmentRow, Standing};

use super::{
    Certificate, CourseProgress,
    enrollment_grant::EnrollmentGrant,
    enums::{EnrollmentSource, EnrollmentStatus},
    keys::{
        CertificateCountOfEnrollment, CertificateOfEnrollment, CertificatesOfEnrollment, GrantsOfEnrollment,
        ProgressOfEnrollment, SectionsOfEnrollment, VersionNumber,
    },
};
use crate::graphql::{
    accounts::PublicProfile,
    context::Req,
    courses::{Course, keys::CourseById, staff_only},
    error::Result,
    node::{list, node_type, one},
    page::{Connection, edge},
    scalars::hundredths,
};

node_type! {
    /// Somebody takes a course.
    Enrollment(EnrollmentRow)
}

impl Enrollment {
    async fn is_overseen(&self, ctx: &Context<'_>) -> Result<bool> {
        let viewer = ctx.req().viewer();
        let everywhere = [Permission::LearningRead, Permission::EnrollmentsManage];
        if everywhere.into_iter().any(|permission| viewer.has(permission)) {
            return Ok(true);
        }
        Course::is_taught(ctx, Some(self.0.course_id)).await
    }
}

/// Somebody takes a course. You see your own, those in courses that you work on, and all with the permission
/// `learning.read` or `enrollments.manage`.
#[Object]
impl Enrollment {
    /// Names this enrolment among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// Where it stands.
    async fn status(&self, ctx: &Context<'_>) -> EnrollmentStatus {
        Standing::of(&self.0, ctx.req().now).into()
    }

    /// May the person open what is in the course at this moment? Time decides, and whether the enrolment is suspended.
    async fn has_access(&self, ctx: &Context<'_>) -> bool {
        self.0.is_entitled(ctx.req().now)
    }

    /// How the person came by the course. What was bought stays bought, whatever is given on top of it.
    async fn source(&self) -> EnrollmentSource {
        self.0.source.into()
    }

    /// When the person enrolled.
    async fn enrolled_at(&self) -> DateTime<Utc> {
        self.0.enrolled_at
    }

    /// When the person finished the course. Null before.
    async fn completed_at(&self) -> Option<DateTime<Utc>> {
        self.0.completed_at
    }

    /// Until when the person may take the course. Null without an end.
    async fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.0.expires_at
    }

    /// Since when the person may not go on. Null when they may.
    async fn suspended_at(&self) -> Option<DateTime<Utc>> {
        self.0.suspended_at
    }

    /// Why the person may not go on. Null when they may.
    async fn suspended_reason(&self) -> Option<&str> {
        self.0.suspended_at.map(|_| self.0.suspended_reason.as_str())
    }

    /// The order or other reference that the course was last given by; of a course that was bought the last order. All there
    /// were are in `grants`. Only for those who work on the course or see
    /// everybody's enrolments; null for others and without one.
    async fn reference(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        let reference = self.0.reference.clone()?;
        match self.is_overseen(ctx).await {
            Ok(true) => Some(Ok(reference)),
            Ok(false) => None,
            Err(error) => Some(Err(error)),
        }
    }

    /// The number of the version of the course that the person takes. What is published later asks nothing more of them.
    /// Null when the course had none.
    async fn course_version(&self, ctx: &Context<'_>) -> Option<Result<i32>> {
        let number = ctx.req().loaders.load(VersionNumber(self.0.course_version_id?)).await;
        number.map(|number| number.map(|number| *number)).transpose()
    }

    /// How much of the course is done, from 0 to 100.
    async fn progress_percentage(&self) -> f64 {
        hundredths(self.0.progress_percentage)
    }

    /// When the person was last at it. Null before the first time.
    async fn last_accessed_at(&self) -> Option<DateTime<Utc>> {
        self.0.last_accessed
    }

    /// Has the person a certificate that is valid? Null when it can't be read.
    async fn certificate_issued(&self, ctx: &Context<'_>) -> Option<Result<bool>> {
        let certificate = ctx.req().loaders.load(CertificateOfEnrollment(self.0.id)).await;
        Some(certificate.map(|certificate| certificate.is_some()))
    }

    /// The page of the person's certificate, which everybody may see who has its address. Null without a valid one.
    async fn certificate_url(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        let certificate = ctx.req().loaders.load(CertificateOfEnrollment(self.0.id)).await;
        let page = |serial: &str| ctx.req().app.school.issuer.page(serial);
        certificate.map(|certificate| certificate.map(|certificate| page(&certificate.serial))).transpose()
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

    /// Who takes the course. Null when the account is not active.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.user_id)).await
    }

    /// The course. Null when you may not see it (any more).
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, Some(CourseById(self.0.course_id))).await
    }

    /// How far the person is in the whole course. Null before the start.
    async fn progress(&self, ctx: &Context<'_>) -> Option<Result<CourseProgress>> {
        one(ctx, Some(ProgressOfEnrollment(self.0.id))).await
    }

    /// How far the person is in each section, in the order of the sections. Null when it can't be read.
    async fn section_progress(&self, ctx: &Context<'_>) -> Option<Result<Vec<CourseProgress>>> {
        list(ctx, SectionsOfEnrollment(self.0.id)).await
    }

    /// Each time that the person was given the course, the latest first. Empty for the person themselves. Null when it
    /// can't be read.
    async fn grants(&self, ctx: &Context<'_>) -> Option<Result<Vec<EnrollmentGrant>>> {
        list(ctx, GrantsOfEnrollment(self.0.id)).await
    }

    /// All certificates that the person has had for this, newest first, revoked and replaced ones too. Null when they can't
    /// be read.
    async fn certificates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Certificate>>> {
        let arguments = (first, after, last, before);
        edge(ctx, self.0.id, arguments, CertificatesOfEnrollment, CertificateCountOfEnrollment).await
    }

    /// The certificate that the person earned, when it is valid. Null before, and when it was revoked: that one is among
    /// `certificates`.
    async fn certificate(&self, ctx: &Context<'_>) -> Option<Result<Certificate>> {
        one(ctx, Some(CertificateOfEnrollment(self.0.id))).await
    }
}
