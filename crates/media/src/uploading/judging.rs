use kernel::{AuditRecord, EntityId, Error, MediaId, Permit, Result, Tx, UploadId, allow};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect, Set};

use super::{
    RemoveUpload,
    forms::Kind,
    parts::media_of,
    picturing::{PictureFile, picture_row},
};
use crate::{
    ProcessingStatus, UploadPurpose, UploadRow, UploadStatus, media_file,
    policy::Judge,
    processing::process_later,
    storage::keys,
    upload::{ActiveModel, Column, Entity, Model},
};

/// The upload, as long as it waits to be looked at.
pub async fn awaited(db: &impl ConnectionTrait, id: UploadId) -> Result<Option<UploadRow>> {
    let waiting = Entity::visible_to(&kernel::Viewer::System).filter(Column::Id.eq(id));
    let waiting = waiting.filter(Column::Status.eq(UploadStatus::Verifying));
    Ok(waiting.one(db).await?.map(UploadRow::from))
}

/// It is refused for this reason; its bytes go after the commit.
pub async fn reject(tx: &mut Tx, id: UploadId, reason: &str) -> Result<()> {
    let Some(permit) = to_judge(tx, id).await? else {
        return Ok(());
    };
    tx.update(permit, |row: &mut ActiveModel| {
        row.status = Set(UploadStatus::Rejected);
        row.reason = Set(reason.into());
    })
    .await?;
    tx.enqueue(&RemoveUpload { upload: id }).await?;
    tx.record(AuditRecord::new("upload.rejected", id).with("reason", reason)).await
}

/// It is what it was announced to be: a file from now on, which is processed next.
pub async fn accept_file(tx: &mut Tx, id: UploadId, kind: Kind, provider: &str) -> Result<()> {
    let Some(permit) = to_judge(tx, id).await? else {
        return Ok(());
    };
    let media = media_of(id);
    let row = media_file::ActiveModel {
        id: Set(media),
        user_id: Set(permit.user_id),
        file_name: Set(permit.file_name.clone()),
        file_type: Set(kind.file_type),
        mime_type: Set(kind.mime_type.into()),
        file_size: Set(permit.file_size),
        storage_provider: Set(provider.into()),
        storage_path: Set(keys::source(media)),
        processing_status: Set(ProcessingStatus::Pending),
        ..Default::default()
    };
    tx.insert(&permit, row).await?;
    process_later(tx, media).await?;
    complete(tx, permit, media).await
}

/// It is a picture, and what is shown of it is in the store.
pub async fn accept_picture(tx: &mut Tx, id: UploadId, picture: &PictureFile, provider: &str) -> Result<()> {
    let Some(permit) = to_judge(tx, id).await? else {
        return Ok(());
    };
    let media = media_of(id);
    let row = picture_row(media, permit.user_id, &permit.file_name, (picture, provider));
    let file = tx.insert(&permit, row).await?;
    match show(tx, &permit, file.public_url).await {
        // Deleted meanwhile: the picture is its uploader's all the same.
        Ok(()) | Err(Error::NotFound) => complete(tx, permit, media).await,
        Err(error) => Err(error),
    }
}

/// The course or the person is shown by it from now on.
async fn show(tx: &mut Tx, upload: &Model, url: Option<String>) -> Result<()> {
    match (upload.purpose, upload.course_id) {
        (UploadPurpose::CourseThumbnail, Some(course)) => courses::set_thumbnail(tx, course, url).await,
        (UploadPurpose::Avatar, _) => accounts::give_avatar(tx, upload.user_id, url).await.map(drop),
        _ => Ok(()),
    }
}

async fn complete(tx: &mut Tx, permit: Permit<Judge, Model>, media: MediaId) -> Result<()> {
    let upload = tx
        .update(permit, |row: &mut ActiveModel| {
            row.status = Set(UploadStatus::Completed);
            row.media_id = Set(Some(media));
        })
        .await?;
    // The parts have served.
    tx.enqueue(&RemoveUpload { upload: upload.id }).await?;
    tx.record(AuditRecord::new("upload.accepted", upload.id).with("mediaId", media.to_wire())).await
}

/// Locked. None when somebody was faster.
async fn to_judge(tx: &Tx, id: UploadId) -> Result<Option<Permit<Judge, Model>>> {
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(id)).lock_exclusive().one(&tx.conn).await?;
    let waiting = found.filter(|upload| upload.status == UploadStatus::Verifying);
    waiting.map(|upload| allow::<Judge, _>(&tx.viewer, upload)).transpose()
}
