use async_graphql::{Context, Object};
use learning::certificates;

use super::{Certificate, certificate_inputs::*, keys::CertificateById};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, outcome},
};

#[derive(Default)]
pub struct CertificateMutation;

#[Object]
impl CertificateMutation {
    /// Gives you the certificate of a course that you have finished. It comes by itself, unless something stood against it
    /// then, such as a missing name: `certificateEligibility` says what. Asked again it answers with the same. Needs a
    /// sign-in as a person. Null when there is no such course for you.
    async fn issue_certificate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For which course.")] input: IssueCertificateInput,
    ) -> Option<Result<IssueCertificatePayload>> {
        Some(issue(ctx.req(), input).await)
    }

    /// Takes a certificate back, for good; it is not deleted, and says so itself. For the owner and the instructors of the
    /// course. Null when you may not.
    async fn revoke_certificate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which certificate, and why.")] input: RevokeCertificateInput,
    ) -> Option<Result<RevokeCertificatePayload>> {
        Some(revoke(ctx.req(), input).await)
    }

    /// Puts a new certificate in the place of one, with the name that its holder's profile has by now; the old one leads to
    /// the new. For a revoked one this undoes the revocation. For the owner and the instructors of the course; and for
    /// the holder, when the name in the profile is another one by now, the certificate is valid, and it was not replaced
    /// twice already. Null when you may not.
    async fn reissue_certificate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which certificate.")] input: ReissueCertificateInput,
    ) -> Option<Result<ReissueCertificatePayload>> {
        Some(reissue(ctx.req(), input).await)
    }
}

async fn issue(req: &RequestContext, input: IssueCertificateInput) -> Result<IssueCertificatePayload> {
    let course = input.course_id.at(&["input", "courseId"])?;
    let school = &req.app.school.name;
    let issued = req.write(async |tx| certificates::claim(tx, course, school).await).await;
    let (certificate, user_errors) = outcome(issued)?;
    Ok(IssueCertificatePayload { certificate: certificate.map(Certificate::from), user_errors })
}

async fn revoke(req: &RequestContext, input: RevokeCertificateInput) -> Result<RevokeCertificatePayload> {
    let id = input.id.at(&["input", "id"])?;
    let revoked = req.write(async |tx| certificates::revoke(tx, id, &input.reason).await).await;
    let (certificate, user_errors) = outcome(revoked)?;
    Ok(RevokeCertificatePayload { certificate: certificate.map(Certificate::from), user_errors })
}

async fn reissue(req: &RequestContext, input: ReissueCertificateInput) -> Result<ReissueCertificatePayload> {
    let id = input.id.at(&["input", "id"])?;
    let reissued = req.write(async |tx| certificates::reissue(tx, id, input.reason.as_deref()).await).await;
    let (certificate, user_errors) = outcome(reissued)?;
    let replaced = match &certificate {
        Some(_) => req.loaders.load(CertificateById(id)).await?.map(Certificate::from),
        None => None,
    };
    Ok(ReissueCertificatePayload { certificate: certificate.map(Certificate::from), replaced, user_errors })
}
