//! What everybody may ask who holds a certificate in their hands: its serial is the key.

use kernel::{CertificateId, Live, Result};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};

use super::serial::read_serial;
use crate::{
    CertificateRow,
    certificate::{Column, Entity},
};

/// A certificate as anybody may see it who knows its serial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub certificate: CertificateRow,
    /// The serial of the one that has its place.
    pub replaced_by: Option<String>,
}

/// The certificate with this serial, however it is typed. Whether a serial can't be one or is nobody's, nothing tells.
pub async fn verify(db: &impl ConnectionTrait, serial: &str) -> Result<Option<Verified>> {
    let Some(serial) = read_serial(serial) else {
        return Ok(None);
    };
    let found = Entity::live().filter(Column::Serial.eq(serial)).into_partial_model::<CertificateRow>().one(db).await?;
    let Some(certificate) = found else {
        return Ok(None);
    };
    let replaced_by = match certificate.replaced_by {
        Some(other) => serial_by_id(db, other).await?,
        None => None,
    };
    Ok(Some(Verified { certificate, replaced_by }))
}

async fn serial_by_id(db: &impl ConnectionTrait, id: CertificateId) -> Result<Option<String>> {
    let found = Entity::live().filter(Column::Id.eq(id)).into_partial_model::<CertificateRow>().one(db).await?;
    Ok(found.map(|certificate| certificate.serial))
}
