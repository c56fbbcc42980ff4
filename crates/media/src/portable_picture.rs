//! The picture that a course is shown by, as it travels with it.

use kernel::{CourseId, Live, MediaId, Permit, Result, Tx, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use crate::{
    PortableContent, media_file,
    uploading::{PictureFile, picture_row},
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PortablePicture {
    #[serde(flatten)]
    pub content: PortableContent,
    pub file_name: String,
}

/// A picture to be packed, and where its bytes are in the store. None for a course that shows none, or none of ours.
pub async fn portable_picture(
    db: &impl ConnectionTrait,
    course: CourseId,
) -> Result<Option<(PortablePicture, String)>> {
    use courses::course::{Column, Entity};
    let shown = Entity::live().filter(Column::Id.eq(course)).one(db).await?.and_then(|course| course.thumbnail);
    let Some(url) = shown else {
        return Ok(None);
    };
    let found = media_file::Entity::live().filter(media_file::Column::PublicUrl.eq(url)).one(db).await?;
    let packed = |file: media_file::Model| {
        let picture = PortablePicture { content: PortableContent::default(), file_name: file.file_name };
        (picture, file.storage_path)
    };
    Ok(found.map(packed))
}

/// Adds the picture of a package, which is in the store; answers its address.
pub async fn add_portable_picture<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    (id, uploader): (MediaId, UserId),
    file_name: &str,
    (picture, provider): (&PictureFile, &str),
) -> Result<Option<String>> {
    Ok(tx.insert(permit, picture_row(id, uploader, file_name, (picture, provider))).await?.public_url)
}
