//! Under which keys what is kept. They are made of ids only: no name that anybody sent is in one.

use kernel::{MediaId, UploadId};

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

/// A picture that everybody may see; nobody guesses its name.
pub fn picture(name: &str) -> String {
    format!("pictures/{name}")
}
