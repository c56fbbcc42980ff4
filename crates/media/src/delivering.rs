//! What there is of a file to be delivered, by the name it has below its address. Who may have it was decided when the
//! address was made.

use std::fmt::Write;

use kernel::{CaptionTrackId, EntityId, Error, Live, MediaId, Result};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};

use crate::{
    caption_track, media_file,
    processing::{Derived, Made},
};

/// Something that is delivered.
#[derive(Clone, Debug)]
pub struct Piece {
    pub key: String,
    pub content_type: String,
    pub disposition: String,
    /// The same as long as the bytes are.
    pub tag: String,
    /// Worth sending somebody to the store itself.
    pub is_large: bool,
}

/// What browsers may show in their own window: nothing that could run there.
const SHOWN: [&str; 7] =
    ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain", "text/vtt"];

/// The file itself (`source`), or what was made of it: `stream/master.m3u8`, `picture-640.jpg`, `captions/<id>`.
pub async fn shown(db: &impl ConnectionTrait, media: MediaId, name: &str) -> Result<Piece> {
    let file = living(db, media).await?;
    if name == "source" {
        let is_recording = is_recording(&file.mime_type);
        let is_shown = is_recording || SHOWN.contains(&&*file.mime_type);
        let source = source(&file, if is_shown { "inline" } else { "attachment" });
        // Players go on asking where they were sent, for as long as a film is; the address there is good for a minute.
        return Ok(Piece { is_large: !is_recording, ..source });
    }
    if let Some(track) = name.strip_prefix("captions/") {
        return captions(db, media, track).await;
    }
    let derived = Derived(media);
    if let Some(part) = name.strip_prefix("stream/") {
        let content_type = stream_type(part).ok_or(Error::NotFound)?;
        return Ok(made(&file, name, derived.stream(part), content_type));
    }
    let pictures = Made::read(&file.transcoding_data).pictures;
    let picture = pictures.iter().find(|picture| picture.file_name() == name).ok_or(Error::NotFound)?;
    Ok(made(&file, name, derived.picture(picture), &picture.mime_type))
}

/// The same of a file that everybody may open.
pub async fn public(db: &impl ConnectionTrait, media: MediaId, name: &str) -> Result<Piece> {
    if living(db, media).await?.is_public { shown(db, media, name).await } else { Err(Error::NotFound) }
}

/// The file itself, to be kept: whether that is allowed may have changed since the address was made.
pub async fn kept(db: &impl ConnectionTrait, media: MediaId) -> Result<Piece> {
    let file = living(db, media).await?;
    if file.is_downloadable { Ok(source(&file, "attachment")) } else { Err(Error::NotFound) }
}

async fn living(db: &impl ConnectionTrait, media: MediaId) -> Result<media_file::Model> {
    let found = media_file::Entity::live().filter(media_file::Column::Id.eq(media)).one(db).await?;
    found.ok_or(Error::NotFound)
}

fn source(file: &media_file::Model, how: &str) -> Piece {
    Piece {
        key: file.storage_path.clone(),
        content_type: with_charset(&file.mime_type),
        disposition: format!("{how}; {}", named(&file.file_name)),
        tag: file.id.0.simple().to_string(),
        is_large: true,
    }
}

fn made(file: &media_file::Model, name: &str, key: String, content_type: &str) -> Piece {
    // Made anew, it is something else.
    let tag = format!("{}-{}-{}", file.id.0.simple(), file.updated_at.timestamp_micros(), name.replace('/', "-"));
    let is_large = content_type == SEGMENT;
    Piece { key, content_type: content_type.into(), disposition: "inline".into(), tag, is_large }
}

async fn captions(db: &impl ConnectionTrait, media: MediaId, track: &str) -> Result<Piece> {
    use caption_track::Column::{Id, MediaId as Of};
    let id = CaptionTrackId::from_wire(track).map_err(|_| Error::NotFound)?;
    let found = caption_track::Entity::live().filter(Id.eq(id)).filter(Of.eq(media)).one(db).await?;
    let track = found.ok_or(Error::NotFound)?;
    Ok(Piece {
        key: Derived(media).captions(track.id),
        content_type: with_charset("text/vtt"),
        disposition: "inline".into(),
        tag: track.id.0.simple().to_string(),
        is_large: false,
    })
}

const SEGMENT: &str = "video/mp2t";
const PLAYLIST: &str = "application/vnd.apple.mpegurl";

/// The files of a stream have names of ours, and no others.
fn stream_type(name: &str) -> Option<&'static str> {
    if name == "master.m3u8" {
        return Some(PLAYLIST);
    }
    let (rung, file) = name.split_once('/')?;
    let is_number = |text: &str| (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    match file.strip_suffix(".ts") {
        _ if !is_number(rung) => None,
        Some(number) => is_number(number).then_some(SEGMENT),
        None => (file == "index.m3u8").then_some(PLAYLIST),
    }
}

fn is_recording(mime_type: &str) -> bool {
    mime_type.starts_with("video/") || mime_type.starts_with("audio/")
}

fn with_charset(mime_type: &str) -> String {
    if mime_type.starts_with("text/") { format!("{mime_type}; charset=utf-8") } else { mime_type.into() }
}

/// A name that no header breaks at: plain for old programs, whole for the others (RFC 6266).
fn named(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "._- ".contains(c) { c } else { '_' }).collect();
    let mut whole = String::new();
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-' => whole.push(byte.into()),
            // Writing into a text does not fail.
            _ => write!(whole, "%{byte:02X}").unwrap_or_default(),
        }
    }
    format!("filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_break_headers() {
        assert_eq!(
            named("Überblick \"1\".pdf"),
            "filename=\"_berblick _1_.pdf\"; filename*=UTF-8''%C3%9Cberblick%20%221%22.pdf"
        );
    }

    #[test]
    fn a_stream_has_files_of_known_names_only() {
        for (name, known) in
            [("master.m3u8", Some(PLAYLIST)), ("0/index.m3u8", Some(PLAYLIST)), ("12/00001.ts", Some(SEGMENT))]
        {
            assert_eq!(stream_type(name), known, "{name}");
        }
        for bad in ["", "../source", "0/../../source", "0/x.ts", "x/00001.ts", "0/index.m3u8/x", "0/.ts", "index.m3u8"]
        {
            assert_eq!(stream_type(bad), None, "{bad}");
        }
    }
}
