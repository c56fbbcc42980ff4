use kernel::{AuditRecord, Error, Job, Permit, Result, Tx, UploadId, allow};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, Set};
use serde::{Deserialize, Serialize};

use super::UploadLimits;
use crate::{
    UploadRow, UploadStatus,
    policy::BringIn,
    rules::UPLOAD_CLOSED,
    upload::{ActiveModel, Column, Entity, Model},
};

/// Looks at a file whose parts are all there, and takes it or refuses it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerifyUpload {
    pub upload: UploadId,
}

impl Job for VerifyUpload {
    const KIND: &'static str = "verify_upload";
}

/// All parts are there: the file is looked at after the commit. Who says so twice hears the same.
pub async fn hand_in(tx: &mut Tx, id: UploadId, limits: &UploadLimits) -> Result<UploadRow> {
    let permit = own(tx, id).await?;
    match permit.status {
        UploadStatus::Open if permit.expires_at > tx.now => {}
        UploadStatus::Verifying | UploadStatus::Completed | UploadStatus::Rejected => {
            return Ok(permit.into_row().into());
        }
        _ => return Err(UPLOAD_CLOSED.at("uploadId").into()),
    }
    let expires_at = tx.now + limits.lasts;
    let upload = tx
        .update(permit, |row: &mut ActiveModel| {
            row.status = Set(UploadStatus::Verifying);
            row.expires_at = Set(expires_at);
        })
        .await?;
    tx.enqueue(&VerifyUpload { upload: id }).await?;
    tx.record(AuditRecord::new("upload.handed_in", id)).await?;
    Ok(upload.into())
}

/// The viewer's own upload, locked until the transaction ends.
pub(super) async fn own(tx: &Tx, id: UploadId) -> Result<Permit<BringIn, Model>> {
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(id)).lock_exclusive().one(&tx.conn).await?;
    allow::<BringIn, _>(&tx.viewer, found.ok_or(Error::NotFound)?)
}
