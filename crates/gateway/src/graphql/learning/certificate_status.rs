use async_graphql::Enum;

/// What a certificate is worth today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "learning::certificates::CertificateStatus")]
pub enum CertificateStatus {
    /// It is good.
    Valid,
    /// It was taken back: `revokedReason` says why. It stays so when another one has its place.
    Revoked,
    /// Another one has its place.
    Superseded,
}
