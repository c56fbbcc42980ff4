//! Inputs and payloads of the mutations of certificates.

use async_graphql::{InputObject, SimpleObject};
use kernel::{CertificateId, CourseId};

use super::Certificate;
use crate::graphql::{error::UserError, id::Id};

/// Which certificate you want.
#[derive(Debug, InputObject)]
pub struct IssueCertificateInput {
    /// The course that you have finished.
    pub course_id: Id<CourseId>,
}

/// What came of asking for a certificate.
#[derive(SimpleObject)]
pub struct IssueCertificatePayload {
    /// The certificate, new or not. Null when something stands against it.
    pub certificate: Option<Certificate>,
    /// What stands against it; empty when there is one.
    pub user_errors: Vec<UserError>,
}

/// Which certificate to take back.
#[derive(Debug, InputObject)]
pub struct RevokeCertificateInput {
    /// The certificate.
    pub id: Id<CertificateId>,
    /// Why: at most 500 characters. Its holder is told, and everybody who checks the certificate.
    pub reason: String,
}

/// What came of taking a certificate back.
#[derive(SimpleObject)]
pub struct RevokeCertificatePayload {
    /// The certificate, which is no longer good. Null when the input was refused.
    pub certificate: Option<Certificate>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// Which certificate to replace.
#[derive(Debug, InputObject)]
pub struct ReissueCertificateInput {
    /// The certificate.
    pub id: Id<CertificateId>,
    /// Why: at most 500 characters, for the audit trail only.
    pub reason: Option<String>,
}

/// What came of replacing a certificate.
#[derive(SimpleObject)]
pub struct ReissueCertificatePayload {
    /// The new certificate. Null when the input was refused.
    pub certificate: Option<Certificate>,
    /// The old one, which points to the new. Null when the input was refused.
    pub replaced: Option<Certificate>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}
