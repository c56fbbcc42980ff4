//! Which types of files are taken, and how one tells them by their first bytes. What is not listed is not taken: pages and
//! drawings that a browser would run, programs, lists that name other files.

use crate::FileType;

/// A type by its name, what it is for people, and how its bytes look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    pub mime_type: &'static str,
    pub file_type: FileType,
    pub form: Form,
}

/// What the bytes of a file look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Mp4,
    Matroska,
    Mp3,
    Wave,
    Ogg,
    Flac,
    Pdf,
    Png,
    Jpeg,
    Gif,
    Webp,
    Zip,
    Text,
}

const KINDS: [Kind; 25] = [
    kind("video/mp4", FileType::Video, Form::Mp4),
    kind("video/quicktime", FileType::Video, Form::Mp4),
    kind("video/x-m4v", FileType::Video, Form::Mp4),
    kind("video/webm", FileType::Video, Form::Matroska),
    kind("video/x-matroska", FileType::Video, Form::Matroska),
    kind("video/ogg", FileType::Video, Form::Ogg),
    kind("audio/mpeg", FileType::Audio, Form::Mp3),
    kind("audio/mp4", FileType::Audio, Form::Mp4),
    kind("audio/webm", FileType::Audio, Form::Matroska),
    kind("audio/ogg", FileType::Audio, Form::Ogg),
    kind("audio/wav", FileType::Audio, Form::Wave),
    kind("audio/flac", FileType::Audio, Form::Flac),
    kind("image/png", FileType::Image, Form::Png),
    kind("image/jpeg", FileType::Image, Form::Jpeg),
    kind("image/gif", FileType::Image, Form::Gif),
    kind("image/webp", FileType::Image, Form::Webp),
    kind("application/pdf", FileType::Document, Form::Pdf),
    kind("text/plain", FileType::Document, Form::Text),
    kind("text/markdown", FileType::Document, Form::Text),
    kind("text/csv", FileType::Document, Form::Text),
    kind("application/epub+zip", FileType::Document, Form::Zip),
    kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", FileType::Document, Form::Zip),
    kind("application/vnd.openxmlformats-officedocument.presentationml.presentation", FileType::Document, Form::Zip),
    kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", FileType::Document, Form::Zip),
    kind("application/zip", FileType::Other, Form::Zip),
];

const fn kind(mime_type: &'static str, file_type: FileType, form: Form) -> Kind {
    Kind { mime_type, file_type, form }
}

/// Other names that programs have for the same.
const ALSO: [(&str, &str); 7] = [
    ("image/jpg", "image/jpeg"),
    ("audio/mp3", "audio/mpeg"),
    ("audio/x-wav", "audio/wav"),
    ("audio/wave", "audio/wav"),
    ("audio/x-m4a", "audio/mp4"),
    ("audio/x-flac", "audio/flac"),
    ("application/x-zip-compressed", "application/zip"),
];

impl Kind {
    /// The type of this name, when such files are taken.
    pub fn announced(mime_type: &str) -> Option<Self> {
        let name = mime_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let name = ALSO.iter().find(|(also, _)| *also == name).map_or(&*name, |(_, name)| name);
        KINDS.into_iter().find(|kind| kind.mime_type == name)
    }
}

impl Form {
    pub fn is_image(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Gif | Self::Webp)
    }

    /// The most bytes that a file of this kind has: all of a picture or a text is held in memory at some time.
    pub fn largest(self) -> i64 {
        match self {
            Self::Text => 10 << 20,
            form if form.is_image() => 50 << 20,
            Self::Pdf => 2 << 30,
            _ => i64::MAX,
        }
    }

    /// What a file is that begins like this. A text has no sign but that it is one.
    pub fn of(head: &[u8]) -> Option<Self> {
        let at = |offset: usize, sign: &[u8]| head.get(offset..).is_some_and(|rest| rest.starts_with(sign));
        match head {
            _ if at(4, b"ftyp") => Some(Self::Mp4),
            _ if at(0, b"\x1a\x45\xdf\xa3") => Some(Self::Matroska),
            _ if at(0, b"ID3") || is_mp3_frame(head) => Some(Self::Mp3),
            _ if at(0, b"RIFF") && at(8, b"WAVE") => Some(Self::Wave),
            _ if at(0, b"RIFF") && at(8, b"WEBP") => Some(Self::Webp),
            _ if at(0, b"OggS") => Some(Self::Ogg),
            _ if at(0, b"fLaC") => Some(Self::Flac),
            _ if at(0, b"%PDF-") => Some(Self::Pdf),
            _ if at(0, b"\x89PNG\r\n\x1a\n") => Some(Self::Png),
            _ if at(0, b"\xff\xd8\xff") => Some(Self::Jpeg),
            _ if at(0, b"GIF87a") || at(0, b"GIF89a") => Some(Self::Gif),
            _ if at(0, b"PK\x03\x04") || at(0, b"PK\x05\x06") => Some(Self::Zip),
            _ => is_text(head).then_some(Self::Text),
        }
    }

    /// Does it carry something that other programs would take for a page, a document or an archive?
    pub fn is_two_in_one(self, head: &[u8], tail: &[u8]) -> bool {
        let start = head.get(..4096).unwrap_or(head).to_ascii_lowercase();
        let has = |sign: &[u8]| start.windows(sign.len()).any(|window| window == sign);
        match self {
            // A text shows itself as it is; only one that begins as a page is taken for a page.
            Self::Text => {
                let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&start).trim_ascii_start();
                PAGES.iter().chain(&LISTS).any(|sign| text.starts_with(sign))
            }
            Self::Zip => false,
            form => {
                PAGES.iter().any(|sign| has(sign))
                    || (form != Self::Pdf && has(b"%pdf-"))
                    || super::zips::ends_as_one(tail)
            }
        }
    }
}

const PAGES: [&[u8]; 5] = [b"<!doctype html", b"<html", b"<svg", b"<script", b"<iframe"];
const LISTS: [&[u8]; 3] = [b"#extm3u", b"<?xml", b"[playlist]"];

/// A frame of MPEG's layer 3: eleven ones, a version, the layer, a bit rate and a sampling rate that there are.
fn is_mp3_frame(head: &[u8]) -> bool {
    let [0xff, second, third, ..] = head else {
        return false;
    };
    second & 0xe0 == 0xe0
        && (second >> 3) & 3 != 1
        && (second >> 1) & 3 == 1
        && !matches!(third >> 4, 0 | 15)
        && (third >> 2) & 3 != 3
}

/// UTF-8 that people read; its last character may be cut.
fn is_text(head: &[u8]) -> bool {
    let is_utf8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    is_utf8 && !head.iter().any(|byte| *byte < 0x20 && !b"\t\n\r\x0c".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_have_one_name_and_others_are_not_taken() {
        assert_eq!(Kind::announced(" IMAGE/JPG; q=1").unwrap().mime_type, "image/jpeg");
        assert_eq!(Kind::announced("text/plain; charset=utf-8").unwrap().form, Form::Text);
        for refused in ["", "image/svg+xml", "text/html", "application/x-msdownload", "application/vnd.apple.mpegurl"] {
            assert_eq!(Kind::announced(refused), None, "{refused}");
        }
        assert!(ALSO.iter().all(|(_, name)| Kind::announced(name).is_some()));
    }

    #[test]
    fn a_file_is_what_it_begins_as() {
        for (head, form) in [
            (&b"\0\0\0\x20ftypisom"[..], Some(Form::Mp4)),
            (b"ID3\x04", Some(Form::Mp3)),
            (b"\xff\xfb\x90\x64", Some(Form::Mp3)),
            (b"\xff\xf1\x50\x80", None),
            (b"\xff\xfe\x00a", None),
            (b"%PDF-1.7", Some(Form::Pdf)),
            (b"MZ\x90\x00\x03", None),
            (b"Words, and a cut \xc3", Some(Form::Text)),
            (b"Words\0", None),
        ] {
            assert_eq!(Form::of(head), form, "{head:?}");
        }
    }

    #[test]
    fn what_is_two_things_is_found() {
        assert!(Form::Gif.is_two_in_one(b"GIF89a/*<SCRIPT>alert(1)</script>", b""));
        assert!(Form::Jpeg.is_two_in_one(b"\xff\xd8\xff\xe0..%PDF-1.4", b""));
        assert!(Form::Text.is_two_in_one(b"\xef\xbb\xbf \n<svg onload=x>", b""));
        assert!(Form::Text.is_two_in_one(b"#EXTM3U\nfile:///etc/passwd", b""));
        assert!(!Form::Text.is_two_in_one(b"How to write <script>", b""));
        let end = [&b"PK\x05\x06"[..], &[0; 18]].concat();
        assert!(Form::Png.is_two_in_one(b"\x89PNG", &end));
        assert!(!Form::Png.is_two_in_one(b"\x89PNG", b"PK\x05\x06"));
    }
}
