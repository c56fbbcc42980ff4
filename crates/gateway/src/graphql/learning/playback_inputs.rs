//! Inputs and payloads of the mutations on progress.

use async_graphql::{InputObject, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::{CourseId, Error, MediaId, Result};
use learning::progress::Sent;
use uuid::Uuid;

use super::{CourseProgress, VideoProgress};
use crate::graphql::{error::UserError, id::Id, scalars::UuidText};

/// What a player has to report.
#[derive(Debug, InputObject)]
pub struct RecordPlaybackInput {
    /// The player that counts these packets: a UUID that it makes up when it is opened, anew for each tab and each time the
    /// page is loaded, and that it keeps with its packets until they are acknowledged. Nobody else's can be the same. Left
    /// out, it is the sign-in session: then all players of that session share one count.
    pub playback_id: Option<UuidText>,
    /// At most 100 packets, in any order. What was not acknowledged is sent again as it was, with the same `playbackId`: it
    /// counts once.
    pub items: Vec<PlaybackItemInput>,
}

/// That a piece of a recording was watched.
#[derive(Debug, InputObject)]
pub struct PlaybackItemInput {
    /// Which recording.
    pub media_id: Id<MediaId>,
    /// As part of which course. Left out, the one that the recording belongs to.
    pub course_id: Option<Id<CourseId>>,
    /// Where the piece begins, in seconds from the start of the recording.
    pub from_seconds: f64,
    /// Where it ends. Beyond the end of the recording there is nothing; 2147483647 at most.
    pub to_seconds: f64,
    /// Where the player stands, to go on from there.
    pub position_seconds: f64,
    /// Counts the packets of this `playbackId`, from 0: each number is used for one packet only, for whichever recording. Of
    /// two packets with one number the first counts; the other is acknowledged as well, and changes nothing.
    pub client_sequence: i64,
    /// When the piece had been watched, by the clock of the device: not later than five minutes from now, nor more
    /// than a day before you came to the course.
    pub at: DateTime<Utc>,
}

/// What to complete.
#[derive(Debug, InputObject)]
pub struct CompleteItemInput {
    /// In which course.
    pub course_id: Id<CourseId>,
    /// Which of its files.
    pub item_id: Id<MediaId>,
}

/// What not to have completed.
#[derive(Debug, InputObject)]
pub struct UncompleteItemInput {
    /// In which course.
    pub course_id: Id<CourseId>,
    /// Which of its files.
    pub item_id: Id<MediaId>,
}

/// What came of a player's report.
#[derive(SimpleObject)]
pub struct RecordPlaybackPayload {
    /// How far you are in the recordings that were reported on, whether or not something new was said of them: what is sent
    /// again is answered as well.
    pub video_progress: Vec<VideoProgress>,
    /// How far you are in their courses.
    pub course_progress: Vec<CourseProgress>,
    /// What is wrong with single packets: `["input", "items", "3", "fromSeconds"]`. The others are kept all the same.
    pub user_errors: Vec<UserError>,
}

/// What came of completing an item.
#[derive(SimpleObject)]
pub struct CompleteItemPayload {
    /// How far you are in the course. Null when the input was refused.
    pub course_progress: Option<CourseProgress>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of taking that back.
#[derive(SimpleObject)]
pub struct UncompleteItemPayload {
    /// How far you are in the course. Null when the input was refused.
    pub course_progress: Option<CourseProgress>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

impl RecordPlaybackInput {
    pub fn into_domain(self) -> Result<(Option<Uuid>, Vec<Sent>)> {
        let named = self.playback_id.map(named).transpose()?;
        let items = self.items.into_iter().map(PlaybackItemInput::into_domain);
        Ok((named, items.collect()))
    }
}

fn named(id: UuidText) -> Result<Uuid> {
    let field = vec!["input".into(), "playbackId".into()];
    Uuid::parse_str(&id.0).map_err(|_| Error::BadInput { field, message: "expected a UUID".into() })
}

impl PlaybackItemInput {
    fn into_domain(self) -> Sent {
        Sent {
            media: self.media_id.or_nobodys(),
            course: self.course_id.map(Id::or_nobodys),
            from: self.from_seconds,
            to: self.to_seconds,
            position: self.position_seconds,
            sequence: self.client_sequence,
            at: self.at,
        }
    }
}
