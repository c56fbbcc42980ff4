//! What happens to files that have been brought in. Every step may be done twice.

use std::{path::Path, sync::Arc};

use kernel::{Error, Result, UploadId};
use media::{
    UploadPurpose, UploadRow, UploadStatus,
    processing::Trouble,
    reading,
    storage::keys,
    uploading::{
        Announced, Flaw, Kind, PictureFile, RemoveUpload, VerifyUpload, accept_file, accept_picture, awaited, examine,
        expire_uploads, reject,
    },
};
use tempfile::TempDir;
use tokio::task::spawn_blocking;

use super::recurring::ExpireUploads;
use crate::app::App;

/// Joins the parts of a file, looks at it, and takes it or refuses it.
pub async fn verify(app: &Arc<App>, job: VerifyUpload) -> Result<()> {
    let Some(upload) = awaited(app.db.read(), job.upload).await? else {
        return Ok(());
    };
    let parts = upload.parts();
    app.storage.join_parts(&parts).await?;
    let folder = tempfile::Builder::new().prefix("upload-").tempdir_in(&app.scratch);
    let folder = folder.map_err(|error| Error::Internal(format!("no folder to look at a file in: {error}")))?;
    let scratch = folder.path().join("file");
    let found = examine(&app.storage, &parts.key, &Announced::from(&upload), &scratch).await?;
    let taken = match (found, upload.purpose) {
        (Ok(kind), UploadPurpose::MediaFile) => Ok(take_file(app, &upload, kind).await?),
        (Ok(_), _) => take_picture(app, &upload, &folder, &scratch).await?,
        (Err(flaw), _) => Err(flaw),
    };
    match taken {
        Ok(()) => Ok(()),
        Err(flaw) => app.write_as_system(async |tx| reject(tx, upload.id, &flaw.to_string()).await).await,
    }
}

async fn take_file(app: &Arc<App>, upload: &UploadRow, kind: Kind) -> Result<()> {
    let provider = app.storage.provider();
    app.write_as_system(async |tx| accept_file(tx, upload.id, kind, provider).await).await
}

async fn take_picture(app: &Arc<App>, upload: &UploadRow, folder: &TempDir, sent: &Path) -> Result<Result<(), Flaw>> {
    let (purpose, sent, into) = (upload.purpose, sent.to_path_buf(), folder.path().to_path_buf());
    let made = spawn_blocking(move || PictureFile::make(&sent, purpose, &into)).await;
    let made = match made.map_err(|error| Error::Internal(format!("a picture was lost: {error}")))? {
        Ok(made) => made,
        Err(Trouble::NoRoom) => return Err(Error::Internal("no room to work on a picture".into())),
        Err(trouble) => return Ok(Err(Flaw::Picture(trouble))),
    };
    let file = folder.path().join(made.picture.file_name());
    app.storage.put_file(&keys::picture(upload.media()), &file).await?;
    let provider = app.storage.provider();
    app.write_as_system(async |tx| accept_picture(tx, upload.id, &made, provider).await).await?;
    Ok(Ok(()))
}

/// Takes away what has served, and what nobody wants.
pub async fn remove(app: &Arc<App>, job: RemoveUpload) -> Result<()> {
    let Some(upload) = find(app, job.upload).await? else {
        return Ok(());
    };
    app.storage.drop_parts(&upload.parts()).await?;
    match (upload.status, upload.purpose) {
        (UploadStatus::Completed, UploadPurpose::MediaFile) => Ok(()),
        // Of a picture only what we have made of it is kept.
        (UploadStatus::Completed, _) => app.storage.delete(&upload.parts().key).await,
        _ => app.storage.delete_prefix(&keys::media(upload.media())).await,
    }
}

pub async fn expire(app: &Arc<App>, _: ExpireUploads) -> Result<()> {
    let expired = app.write_as_system(expire_uploads).await?;
    tracing::debug!(expired, "uploads that nobody completed");
    Ok(())
}

async fn find(app: &App, id: UploadId) -> Result<Option<UploadRow>> {
    Ok(reading::uploads(app.db.read(), &kernel::Viewer::System, &[id]).await?.remove(&id))
}
