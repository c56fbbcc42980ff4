//! What the demo school's files hold, so that they can be opened at once: a small file of each kind, one for all of the
//! kind. How long a film is said to be remains as its course has it: learners' progress is measured by that.

use bytes::Bytes;
use kernel::Result;
use media::{Storage, media_file};
use sea_orm::Set;

pub struct Sample {
    /// Under which it is in the store; nothing else is ever put under such keys.
    key: &'static str,
    bytes: &'static [u8],
    resolution: &'static str,
    video_codec: &'static str,
    audio_codec: &'static str,
    /// In bits per second; none for what does not play.
    bitrate: Option<i32>,
}

macro_rules! sample {
    ($name:literal, $resolution:literal, $video:literal, $audio:literal, $bitrate:expr) => {
        Sample {
            key: concat!("demo/", $name),
            bytes: include_bytes!(concat!("samples/", $name)),
            resolution: $resolution,
            video_codec: $video,
            audio_codec: $audio,
            bitrate: $bitrate,
        }
    };
}

static ALL: [Sample; 6] = [
    sample!("film.mp4", "320x180", "h264", "aac", Some(21_866)),
    sample!("sound.mp3", "", "", "mp3", Some(16_000)),
    sample!("handout.pdf", "", "", "", None),
    sample!("picture.jpg", "320x180", "", "", None),
    sample!("picture.png", "160x90", "", "", None),
    sample!("more.zip", "", "", "", None),
];

/// Puts all of them into the store.
pub async fn keep(storage: &Storage) -> Result<()> {
    for sample in &ALL {
        storage.put(sample.key, Bytes::from_static(sample.bytes)).await?;
    }
    Ok(())
}

impl Sample {
    /// What a file whose name ends like this holds.
    pub fn of(extension: &str) -> Option<&'static Self> {
        ALL.iter().find(|sample| sample.key.rsplit_once('.').is_some_and(|(_, end)| end == extension))
    }

    /// The file, holding this one in a store of this kind.
    pub fn held_by(&self, file: media_file::ActiveModel, provider: &str) -> media_file::ActiveModel {
        media_file::ActiveModel {
            storage_provider: Set(provider.into()),
            storage_path: Set(self.key.into()),
            file_size: Set(self.bytes.len() as i64),
            resolution: Set(self.resolution.into()),
            video_codec: Set(self.video_codec.into()),
            audio_codec: Set(self.audio_codec.into()),
            bitrate: Set(self.bitrate),
            ..file
        }
    }
}
