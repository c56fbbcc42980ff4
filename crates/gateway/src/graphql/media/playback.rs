use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, Duration, Utc};
use kernel::{EntityId, MediaId};
use media::{
    media_file,
    processing::{Made, Picture},
};

use super::{CaptionTrack, MediaFile, keys::CaptionsOfFile};
use crate::{
    graphql::{
        context::{Req, RequestContext},
        error::Result,
        id::Id,
        scalars::Url,
    },
    media_links::{MediaLink, Use},
};

/// How long addresses are good, besides as long as the recording plays.
const LASTS: Duration = Duration::hours(1);
const MOST: Duration = Duration::hours(12);

/// How a file is watched, listened to or read. Its addresses are for you and for a short time; who signs out ends them.
#[derive(SimpleObject)]
pub struct Playback {
    /// The file.
    media: MediaFile,
    /// The file as it was uploaded. Parts of it can be asked for, by the header `Range`.
    url: Url,
    /// The playlist of an HTTP live stream in several sizes. Null when there is none (yet).
    hls_url: Option<Url>,
    /// A picture to show before it plays; of a picture, a smaller one. Null when there is none (yet).
    poster_url: Option<Url>,
    /// Its captions, in the order of their languages.
    captions: Vec<PlaybackCaptions>,
    /// The file to keep. Null unless that is allowed.
    download_url: Option<Url>,
    /// Where you have stopped, in seconds; 0 when you have not begun.
    resume_position: i32,
    /// Until when the addresses are good; ask again then.
    expires_at: DateTime<Utc>,
}

/// Captions that can be shown.
#[derive(SimpleObject)]
pub struct PlaybackCaptions {
    /// What they are.
    track: CaptionTrack,
    /// Their words, as WebVTT.
    url: Url,
}

#[derive(Default)]
pub struct PlaybackQuery;

#[Object]
impl PlaybackQuery {
    /// Addresses by which a file is watched, listened to or read: for those who take its course, as long as they may; for
    /// all when its section is a preview or the file is public; for its uploader and for those who may edit the course. An
    /// error with the code `FORBIDDEN` for those who see the file and may not open it, with `NOT_FOUND` for others.
    async fn playback(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which file.")] media_id: Id<MediaId>,
    ) -> Option<Result<Playback>> {
        let id = match media_id.at(&["mediaId"]) {
            Ok(id) => id,
            Err(error) => return Some(Err(error.into())),
        };
        Some(playback(ctx.req(), id).await)
    }
}

async fn playback(req: &RequestContext, id: MediaId) -> Result<Playback> {
    let (db, viewer) = (req.db().read(), req.viewer());
    let file = learning::opened(db, &viewer, id, req.now).await?;
    let resume_position = learning::resume_position(db, &viewer, id).await?.unwrap_or_default();
    let length = Duration::seconds(file.duration.unwrap_or_default().into());
    let until = req.now + (LASTS + length).min(MOST);
    let base = MediaLink::new(id, Use::Play, &viewer, until).path(&req.app)?;
    let below = |name: &str| Url(format!("{base}/{name}"));
    let made = Made::read(&file.transcoding_data);
    let download_url = match file.is_downloadable {
        true => Some(Url(MediaLink::new(id, Use::Download, &viewer, until).path(&req.app)?)),
        false => None,
    };
    Ok(Playback {
        url: below("source"),
        hls_url: made.stream.map(|_| below("stream/master.m3u8")),
        poster_url: poster(&made.pictures).map(|name| below(&name)),
        captions: captions(req, &file, below).await?,
        download_url,
        resume_position,
        expires_at: until,
        media: media::MediaRow::from(file).into(),
    })
}

/// The largest that is no larger than most windows; the pictures come smallest first.
fn poster(pictures: &[Picture]) -> Option<String> {
    let fitting = pictures.iter().rev().find(|picture| picture.width <= 1280);
    fitting.or(pictures.first()).map(Picture::file_name)
}

async fn captions(
    req: &RequestContext,
    file: &media_file::Model,
    below: impl Fn(&str) -> Url,
) -> Result<Vec<PlaybackCaptions>> {
    let tracks = req.loaders.load(CaptionsOfFile(file.id)).await?;
    let tracks = tracks.iter().flat_map(|tracks| tracks.iter());
    let shown = tracks.map(|track| PlaybackCaptions {
        url: below(&format!("captions/{}", track.id.to_wire())),
        track: track.clone().into(),
    });
    Ok(shown.collect())
}
