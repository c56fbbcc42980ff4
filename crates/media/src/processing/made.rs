use kernel::MediaId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Probed;
use crate::storage::keys;

/// What the processing has made of a file so far: the column `transcoding_data`. Keys of the store are not in it: they
/// follow from the id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Made {
    /// What is done, in the order it was done in.
    pub steps: Vec<Step>,
    /// How often it was begun since somebody asked for it.
    pub tries: u32,
    /// The same picture in several sizes, the smallest first.
    pub pictures: Vec<Picture>,
    pub stream: Option<Stream>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Step {
    Probed,
    Pictured,
    Streamed,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub mime_type: String,
}

/// The heights that a video can be streamed in, the tallest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stream {
    pub heights: Vec<u32>,
}

/// What came of a step.
pub enum Found {
    Recording(Probed),
    Image { width: u32, height: u32, pictures: Vec<Picture> },
    Poster(Vec<Picture>),
    Stream(Stream),
}

impl Found {
    pub(super) fn step(&self) -> Step {
        match self {
            Self::Recording(_) => Step::Probed,
            Self::Image { .. } | Self::Poster(_) => Step::Pictured,
            Self::Stream(_) => Step::Streamed,
        }
    }
}

impl Made {
    /// What the column holds; nothing, when it was written by somebody else.
    pub fn read(column: &Value) -> Self {
        serde_json::from_value(column.clone()).unwrap_or_default()
    }

    pub fn has(&self, step: Step) -> bool {
        self.steps.contains(&step)
    }

    pub(super) fn column(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

impl Picture {
    pub fn file_name(&self) -> String {
        let ending = if self.mime_type == "image/png" { "png" } else { "jpg" };
        format!("picture-{}.{ending}", self.width)
    }
}

/// Where what was made of a file lies in the store.
#[derive(Clone, Copy, Debug)]
pub struct Derived(pub MediaId);

impl Derived {
    /// All of it.
    pub fn prefix(self) -> String {
        format!("{}/made", keys::media(self.0))
    }

    pub fn picture(self, picture: &Picture) -> String {
        format!("{}/{}", self.prefix(), picture.file_name())
    }

    /// One of the files of the stream: `master.m3u8`, `0/index.m3u8`, `0/00000.ts`.
    pub fn stream(self, name: &str) -> String {
        format!("{}/stream/{name}", self.prefix())
    }

    pub fn captions(self, id: kernel::CaptionTrackId) -> String {
        format!("{}/captions-{}.vtt", self.prefix(), id.0.simple())
    }
}
