use crate::CertificateRow;

/// What a certificate is worth today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CertificateStatus {
    Valid,
    /// Taken back. It says so also when another has its place by now.
    Revoked,
    /// Another one has its place.
    Superseded,
}

impl CertificateRow {
    pub fn status(&self) -> CertificateStatus {
        match (self.revoked_at, self.superseded_at) {
            (Some(_), _) => CertificateStatus::Revoked,
            (None, Some(_)) => CertificateStatus::Superseded,
            (None, None) => CertificateStatus::Valid,
        }
    }
}
