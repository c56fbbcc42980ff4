//! What must hold before there is a certificate, and before one is taken back or replaced.

kernel::rules! {
    CERTIFICATE_NOT_ENROLLED: "You don't take this course.";
    CERTIFICATE_NOT_COMPLETED: "The course is not finished yet.";
    CERTIFICATE_NAME_MISSING: "A certificate needs the full name of its holder: enter it in the profile.";
    CERTIFICATE_REVOKED: "The certificate was revoked.";
    CERTIFICATE_SUPERSEDED: "Another certificate has taken this one's place: take that one.";
    CERTIFICATE_UNCHANGED: "The holder's name is the one on the certificate: there is nothing to change.";
    CERTIFICATE_RENAMED_OFTEN: "This certificate was replaced twice already: ask those who run the course.";
    CERTIFICATE_HOLDER_NOT_ACTIVE: "The holder's account is not active.";
    CERTIFICATE_REASON_REQUIRED: "Whoever checks the certificate is told why it was revoked: give a reason.";
    CERTIFICATE_REASON_TOO_LONG: "A reason has at most 500 characters.";
}

/// What keeps a person from a certificate: the values of the schema's `CertificateBlockerCode`.
pub const BLOCKERS: &[kernel::Rule] = &[
    CERTIFICATE_NOT_ENROLLED,
    CERTIFICATE_NOT_COMPLETED,
    CERTIFICATE_NAME_MISSING,
    CERTIFICATE_REVOKED,
    CERTIFICATE_HOLDER_NOT_ACTIVE,
];
