use async_graphql::{Context, Object};
use kernel::{Error, MediaId};
use media::{
    MediaRow,
    processing::Trouble,
    rules::UPLOAD_PICTURE_INVALID,
    storage::keys,
    uploading::{NewPicture, PictureFile, add_picture, check_picture},
};
use tokio::task::spawn_blocking;

use super::{MediaFile, sent::SentFile, upload_inputs::*};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, outcome},
};

#[derive(Default)]
pub struct PictureMutation;

#[Object]
impl PictureMutation {
    /// Shows a course that you may edit, or yourself, by a picture that comes with this request. It is made anew: nothing of
    /// what a camera writes beside it is kept. Null when you may not.
    async fn upload_image(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The picture.")] input: UploadImageInput,
    ) -> Option<Result<UploadImagePayload>> {
        let UploadImageInput { file, purpose, course_id } = input;
        let new = course_id.map(|id| id.at(&["input", "courseId"])).transpose().and_then(|course| {
            let sent = file.of(ctx, "file")?;
            Ok((sent, NewPicture { purpose: purpose.into(), course, file_name: sent.file_name.clone() }))
        });
        match new {
            Ok((sent, new)) => Some(upload(ctx.req(), sent, new).await),
            Err(error) => Some(Err(error.into())),
        }
    }
}

async fn upload(req: &RequestContext, sent: &SentFile, new: NewPicture) -> Result<UploadImagePayload> {
    let (file, user_errors) = outcome(show(req, sent, new).await)?;
    Ok(UploadImagePayload { media: file.map(MediaFile::from), user_errors })
}

/// Looked at first, then made, stored and added: nothing is stored for who may not, and no row is without its bytes.
async fn show(req: &RequestContext, sent: &SentFile, mut new: NewPicture) -> kernel::Result<MediaRow> {
    let id: MediaId = req.write(async |tx| check_picture(tx, &mut new).await).await?;
    let folder = tempfile::Builder::new().prefix("picture-").tempdir_in(&req.app.scratch);
    let folder = folder.map_err(|error| Error::Internal(format!("no folder to work in: {error}")))?;
    let (path, into, purpose) = (sent.file.path().to_path_buf(), folder.path().to_path_buf(), new.purpose);
    let made = spawn_blocking(move || PictureFile::make(&path, purpose, &into)).await;
    let made = made.map_err(|error| Error::Internal(format!("a picture was lost: {error}")))?.map_err(refused)?;
    let storage = &req.app.storage;
    storage.put_file(&keys::picture(id), &folder.path().join(made.picture.file_name())).await?;
    let with = (&made, storage.provider());
    let added = req.write(async |tx| add_picture(tx, id, new, with, &req.app.uploads).await).await;
    if added.is_err() {
        storage.delete_prefix(&keys::media(id)).await?;
    }
    added
}

fn refused(trouble: Trouble) -> Error {
    match trouble {
        Trouble::NoRoom => Error::Internal("no room to work on a picture".into()),
        trouble => UPLOAD_PICTURE_INVALID.with("file", trouble.to_string()).into(),
    }
}
