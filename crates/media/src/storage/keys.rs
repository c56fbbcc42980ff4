//! Under which keys what is kept. They are made of ids only: no name that anybody sent is in one.

use kernel::{CourseExportId, MediaId, UploadId};

/// Everything of a media file: the file itself and what is made of it.
pub fn media(media: MediaId) -> String {
    format!("media/{}", media.0.simple())
}

/// A media file as it was uploaded.
pub fn source(media: MediaId) -> String {
    format!("{}/source", self::media(media))
}

/// What is on its way in.
pub fn upload(upload: UploadId) -> String {
    format!("uploads/{}", upload.0.simple())
}

/// A part of it, counted from 1.
pub fn part(upload: UploadId, number: u32) -> String {
    format!("{}/{number}", self::upload(upload))
}

/// The picture that everybody may see of what was uploaded as one.
pub fn picture(media: MediaId) -> String {
    format!("{}/picture", self::media(media))
}

/// A course as one file.
pub fn package(export: CourseExportId) -> String {
    format!("packages/{}.zip", export.0.simple())
}
