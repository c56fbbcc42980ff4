use kernel::{AuditRecord, MediaId, Result, Tx};
use sea_orm::{ActiveEnum, Set};

use super::{Made, process_later};
use crate::{MediaRow, ProcessingStatus, keeping::keep, media_file::ActiveModel, rules::MEDIA_NOT_FAILED};

/// Has a file processed again that could not be, or not wholly. What is done stays done.
pub async fn retry(tx: &mut Tx, media: MediaId) -> Result<MediaRow> {
    let permit = keep(tx, media).await?;
    let before = permit.processing_status;
    let is_lacking = before == ProcessingStatus::Completed && !permit.processing_error.is_empty();
    if before != ProcessingStatus::Failed && !is_lacking {
        return Err(MEDIA_NOT_FAILED.at("mediaId").into());
    }
    let made = Made { tries: 0, ..Made::read(&permit.transcoding_data) };
    let file = tx
        .update(permit, |row: &mut ActiveModel| {
            row.processing_status = Set(ProcessingStatus::Pending);
            row.processing_percent = Set(0);
            row.processing_error = Set(String::new());
            row.transcoding_data = Set(made.column());
        })
        .await?;
    process_later(tx, media).await?;
    let (from, to) = (before.to_value(), file.processing_status.to_value());
    tx.record(AuditRecord::new("media.processing_retried", media).change("processingStatus", from, to)).await?;
    Ok(file.into())
}
