use async_graphql::{Context, Object};
use kernel::{CourseId, UserId};
use learning::{certificates, reading::certificate_by_serial};

use super::{
    Certificate, certificate_eligibility::CertificateEligibility, certificate_verification::CertificateVerification,
};
use crate::graphql::{
    context::{Req, RequestContext},
    error::Result,
    id::{Id, PersonId},
};

#[derive(Default)]
pub struct CertificateQuery;

#[Object]
impl CertificateQuery {
    /// The certificate with this serial, for whoever has it in their hands. Null when there is none.
    async fn verify_certificate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "As it is printed; capitals, spaces and hyphens don't matter.")] serial: String,
    ) -> Option<Result<CertificateVerification>> {
        let found = certificates::verify(ctx.req().db().read(), &serial).await;
        found.map(|found| found.map(CertificateVerification)).map_err(Into::into).transpose()
    }

    /// A certificate by its serial, revoked and replaced ones too: for its holder and those who work on the course, who may
    /// revoke and reissue it. Everybody else has `verifyCertificate`. Null when there is none, or not for you.
    async fn certificate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "As it is printed; capitals, spaces and hyphens don't matter.")] serial: String,
    ) -> Option<Result<Certificate>> {
        let found = certificate_by_serial(ctx.req().db().read(), &ctx.req().viewer(), &serial).await;
        found.map(|found| found.map(Certificate::from)).map_err(Into::into).transpose()
    }

    /// What stands between you and the certificate of a course; for those who work on the course, between a learner and it.
    /// Needs a sign-in as a person, unless it is about somebody else. Null when there is no such course for you.
    async fn certificate_eligibility(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The course.")] course_id: Id<CourseId>,
        #[graphql(desc = "Whose; left out, your own.")] user_id: Option<Id<PersonId>>,
    ) -> Option<Result<CertificateEligibility>> {
        Some(eligibility(ctx.req(), course_id, user_id).await)
    }
}

async fn eligibility(
    req: &RequestContext,
    course: Id<CourseId>,
    user: Option<Id<PersonId>>,
) -> Result<CertificateEligibility> {
    let (db, viewer, course) = (req.db().read(), req.viewer(), course.at(&["courseId"])?);
    let user = user.map(|user| user.at(&["userId"])).transpose()?.map(UserId::from);
    Ok(match user.filter(|user| viewer.id() != Some(*user)) {
        Some(learner) => certificates::eligibility_of(db, &viewer, course, learner).await?.into(),
        None => certificates::eligibility(db, &viewer, course).await?.into(),
    })
}
