use kernel::{AuditRecord, Job, Result, Tx, UploadId};
use sea_orm::Set;
use serde::{Deserialize, Serialize};

use super::handing_in::own;
use crate::{UploadRow, UploadStatus, rules::UPLOAD_CLOSED, upload::ActiveModel};

/// Takes what an upload left in the store out of it: its parts, and the file unless it was taken.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveUpload {
    pub upload: UploadId,
}

impl Job for RemoveUpload {
    const KIND: &'static str = "remove_upload";
}

/// Gives an upload up; its bytes go after the commit. Who says so twice hears the same.
pub async fn abort(tx: &mut Tx, id: UploadId) -> Result<UploadRow> {
    let permit = own(tx, id).await?;
    match permit.status {
        UploadStatus::Open => {}
        UploadStatus::Aborted => return Ok(permit.into_row().into()),
        _ => return Err(UPLOAD_CLOSED.at("uploadId").into()),
    }
    let upload = tx.update(permit, |row: &mut ActiveModel| row.status = Set(UploadStatus::Aborted)).await?;
    tx.enqueue(&RemoveUpload { upload: id }).await?;
    tx.record(AuditRecord::new("upload.aborted", id)).await?;
    Ok(upload.into())
}
