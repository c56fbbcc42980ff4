use async_graphql::{Context, Object};
use kernel::CourseId;
use learning::certificates;

use super::{certificate_eligibility::CertificateEligibility, certificate_verification::CertificateVerification};
use crate::graphql::{
    context::{Req, RequestContext},
    error::Result,
    id::Id,
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

    /// What stands between you and the certificate of a course. Needs a sign-in as a person. Null when there is no such
    /// course for you.
    async fn certificate_eligibility(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The course.")] course_id: Id<CourseId>,
    ) -> Option<Result<CertificateEligibility>> {
        Some(eligibility(ctx.req(), course_id).await)
    }
}

async fn eligibility(req: &RequestContext, course: Id<CourseId>) -> Result<CertificateEligibility> {
    let course = course.at(&["courseId"])?;
    Ok(certificates::eligibility(req.db().read(), &req.viewer(), course).await?.into())
}
