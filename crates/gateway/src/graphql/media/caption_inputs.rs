//! Inputs and payloads of the mutations on captions.

use async_graphql::{ID, InputObject, SimpleObject};
use kernel::{CaptionTrackId, MediaId};
use media::captions::NewCaptions;

use super::{CaptionTrack, enums::CaptionKind};
use crate::graphql::{error::UserError, id::Id, scalars::Locale};

/// Words that go with a recording.
#[derive(Debug, InputObject)]
pub struct AddCaptionTrackInput {
    /// Which recording: a video or a sound.
    pub media_id: Id<MediaId>,
    /// The language of the words; a recording has one track in each.
    pub language: Locale,
    /// What people choose it by, 1 to 100 characters: `Deutsch`.
    pub label: String,
    /// What the words are for.
    #[graphql(default_with = "CaptionKind::Subtitles")]
    pub kind: CaptionKind,
    /// Show them unless somebody chooses otherwise? The track that was shown before is so no longer.
    #[graphql(default)]
    pub is_default: bool,
    /// The words as a WebVTT file, at most 512 KiB and 20,000 cues, in the order of their beginnings.
    pub content: String,
}

/// Which track to delete.
#[derive(Debug, InputObject)]
pub struct DeleteCaptionTrackInput {
    /// Its id.
    pub id: Id<CaptionTrackId>,
}

/// What came of adding captions.
#[derive(SimpleObject)]
pub struct AddCaptionTrackPayload {
    /// The new track. Null when the input was refused.
    pub caption_track: Option<CaptionTrack>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of deleting captions.
#[derive(SimpleObject)]
pub struct DeleteCaptionTrackPayload {
    /// The id of the track that is gone. Null when it could not be deleted.
    pub deleted_caption_track_id: Option<ID>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

impl AddCaptionTrackInput {
    /// The track, and its words.
    pub fn into_domain(self) -> kernel::Result<(NewCaptions, String)> {
        let media = self.media_id.at(&["input", "mediaId"])?;
        let Self { label, content, is_default, .. } = self;
        let new = NewCaptions { media, language: self.language.0, label, kind: self.kind.into(), is_default };
        Ok((new, content))
    }
}
