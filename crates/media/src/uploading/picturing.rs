//! Pictures of courses and people: made anew from what was sent, so that nothing is left in them but what one sees.

use std::{fs::File, io::Read, path::Path};

use kernel::{AuditRecord, CourseId, EntityId, MediaId, Result, Tx, UserId};
use sea_orm::{ActiveEnum, Set};

use super::{
    UploadLimits,
    creating::may_bring,
    forms::Form,
    limits::{account, check_room},
};
use crate::{
    FileType, MediaRow, ProcessingStatus, UploadPurpose, is_file_name, media_file,
    processing::{Picture, Trouble, bare_type, open_image, write_picture},
    rules::{MEDIA_FILE_NAME_INVALID, UPLOAD_PICTURE_INVALID},
    storage::keys,
};

const THUMBNAIL_WIDTH: u32 = 1280;
const AVATAR_WIDTH: u32 = 512;

/// What is kept of a picture.
#[derive(Clone, Debug)]
pub struct PictureFile {
    pub picture: Picture,
    /// In bytes.
    pub size: i64,
}

/// A picture that comes with the request.
#[derive(Clone, Debug)]
pub struct NewPicture {
    pub purpose: UploadPurpose,
    pub course: Option<CourseId>,
    pub file_name: String,
}

impl PictureFile {
    /// Makes it of what was sent; it is in the folder under its [`Picture::file_name`]. Works long.
    pub fn make(sent: &Path, purpose: UploadPurpose, folder: &Path) -> Result<Self, Trouble> {
        check_form(sent)?;
        let width = if purpose == UploadPurpose::Avatar { AVATAR_WIDTH } else { THUMBNAIL_WIDTH };
        Self::written(write_picture(&open_image(sent)?, width, folder)?, folder)
    }

    /// The same for the picture of a course that comes from another school. One that is as we make them stays as it is: to
    /// make it anew each time would blur it. Works long.
    pub fn keep_or_make(sent: &Path, folder: &Path) -> Result<Self, Trouble> {
        let bytes = std::fs::read(sent).map_err(|_| Trouble::NoRoom)?;
        let image = open_image(sent)?;
        let Some(mime_type) = bare_type(&bytes).filter(|_| image.width() <= THUMBNAIL_WIDTH) else {
            return Self::written(write_picture(&image, THUMBNAIL_WIDTH, folder)?, folder);
        };
        let picture = Picture { width: image.width(), height: image.height(), mime_type: mime_type.into() };
        std::fs::copy(sent, folder.join(picture.file_name())).map_err(|_| Trouble::NoRoom)?;
        Self::written(picture, folder)
    }

    fn written(picture: Picture, folder: &Path) -> Result<Self, Trouble> {
        let about = folder.join(picture.file_name()).metadata().map_err(|_| Trouble::NoRoom)?;
        Ok(Self { picture, size: i64::try_from(about.len()).unwrap_or(i64::MAX) })
    }
}

/// One of the kinds that browsers show, and nothing else besides: before anything in it is believed.
fn check_form(sent: &Path) -> Result<(), Trouble> {
    let mut head = vec![];
    let file = File::open(sent).map_err(|_| Trouble::NoRoom)?;
    file.take(4096).read_to_end(&mut head).map_err(|_| Trouble::NoRoom)?;
    let is_picture = Form::of(&head).is_some_and(|form| form.is_image() && !form.is_two_in_one(&head, &[]));
    if is_picture { Ok(()) } else { Err(Trouble::NoPicture) }
}

/// May the viewer give this picture? Answers the id that it is to have.
pub async fn check_picture(tx: &mut Tx, new: &mut NewPicture) -> Result<MediaId> {
    may_bring(tx, new.purpose, new.course).await?;
    if new.purpose == UploadPurpose::MediaFile {
        return Err(UPLOAD_PICTURE_INVALID.with("purpose", "Files for courses come by `createUpload`.".into()).into());
    }
    new.file_name = new.file_name.trim().to_string();
    if !is_file_name(&new.file_name) {
        return Err(MEDIA_FILE_NAME_INVALID.at("file").into());
    }
    tx.new_id()
}

/// Adds a picture that is in the store, and shows the course or the person by it.
pub async fn add_picture(
    tx: &mut Tx,
    id: MediaId,
    mut new: NewPicture,
    (picture, provider): (&PictureFile, &str),
    limits: &UploadLimits,
) -> Result<MediaRow> {
    check_picture(tx, &mut new).await?;
    let permit = account(tx).await?;
    check_room(tx, permit.id, (picture.size, "file"), limits).await?;
    let file = tx.insert(&permit, picture_row(id, permit.id, &new.file_name, (picture, provider))).await?;
    let url = file.public_url.clone();
    match new.course {
        Some(course) => courses::set_thumbnail(tx, course, url).await?,
        None => {
            accounts::set_avatar(tx, url).await?;
        }
    }
    let record = AuditRecord::new("media.uploaded", id).with("purpose", new.purpose.to_value());
    tx.record(record.with("courseId", new.course.map(EntityId::to_wire))).await?;
    Ok(file.into())
}

pub(crate) fn picture_row(
    id: MediaId,
    user: UserId,
    file_name: &str,
    (picture, provider): (&PictureFile, &str),
) -> media_file::ActiveModel {
    let Picture { width, height, mime_type } = &picture.picture;
    media_file::ActiveModel {
        id: Set(id),
        user_id: Set(user),
        file_name: Set(file_name.into()),
        file_type: Set(FileType::Image),
        mime_type: Set(mime_type.clone()),
        file_size: Set(picture.size),
        storage_provider: Set(provider.into()),
        storage_path: Set(keys::picture(id)),
        public_url: Set(Some(format!("/pictures/{}", id.to_wire()))),
        is_public: Set(true),
        resolution: Set(format!("{width}x{height}")),
        processing_status: Set(ProcessingStatus::Completed),
        processing_percent: Set(100),
        ..Default::default()
    }
}
