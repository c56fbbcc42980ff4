use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, SimpleObject, Value, parser::types::Field,
    registry::Registry,
};
use kernel::Rule;
use learning::certificates::{Eligibility, rules::BLOCKERS};

use super::Certificate;
use crate::graphql::error::enum_of_rules;

/// What stands between a person and the certificate of a course.
#[derive(SimpleObject)]
pub struct CertificateEligibility {
    /// Has the person a valid certificate, or would `issueCertificate` make one?
    eligible: bool,
    /// The certificate that there is, a revoked one too. Null before.
    certificate: Option<Certificate>,
    /// What stands against it: what `issueCertificate` would answer as `userErrors`.
    blockers: Vec<CertificateBlocker>,
}

/// Something that keeps a person from a certificate.
#[derive(SimpleObject)]
pub struct CertificateBlocker {
    /// Which kind of thing.
    code: CertificateBlockerCode,
    /// What it is, in a sentence for people.
    message: String,
}

impl From<Eligibility> for CertificateEligibility {
    fn from(found: Eligibility) -> Self {
        let blocker = |rule: Rule| CertificateBlocker { code: CertificateBlockerCode(rule), message: rule.says.into() };
        Self {
            eligible: found.blockers.is_empty(),
            certificate: found.certificate.map(Certificate::from),
            blockers: found.blockers.into_iter().map(blocker).collect(),
        }
    }
}

/// A blocker's code: the schema's enum is made from all there are.
pub struct CertificateBlockerCode(Rule);

impl OutputType for CertificateBlockerCode {
    fn type_name() -> Cow<'static, str> {
        "CertificateBlockerCode".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        enum_of_rules::<Self>(registry, "What can keep a person from a certificate.", BLOCKERS)
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Enum(async_graphql::Name::new(self.0.code)))
    }
}
