use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::EntityId;
use media::{CaptionTrackRow, captions, processing::Derived};

use super::{MediaFile, caption_inputs::*, enums::CaptionKind, keys::FileById};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, outcome},
    node::{node_type, one},
    scalars::Locale,
};

node_type! {
    /// Captions.
    CaptionTrack(CaptionTrackRow)
}

/// Words that go with a recording, in one language. Everybody sees that they are there who sees the recording; `playback`
/// has the address of the words.
#[Object]
impl CaptionTrack {
    /// Names these captions among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// The language of the words.
    async fn language(&self) -> Locale {
        Locale(self.0.language.clone())
    }

    /// What people choose them by: `Deutsch`.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// What the words are for.
    async fn kind(&self) -> CaptionKind {
        self.0.kind.into()
    }

    /// Are they shown unless somebody chooses otherwise?
    async fn is_default(&self) -> bool {
        self.0.is_default
    }

    /// When they were added.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When they were last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// The recording. Null when it can't be read.
    async fn media(&self, ctx: &Context<'_>) -> Option<Result<MediaFile>> {
        one(ctx, Some(FileById(self.0.media_id))).await
    }
}

#[derive(Default)]
pub struct CaptionMutation;

#[Object]
impl CaptionMutation {
    /// Adds captions to a video or a sound. What is wrong with their words is said with the line. Null when you may not.
    async fn add_caption_track(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The captions to be.")] input: AddCaptionTrackInput,
    ) -> Option<Result<AddCaptionTrackPayload>> {
        Some(add(ctx.req(), input).await)
    }

    /// Deletes captions. Null when you may not.
    async fn delete_caption_track(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which captions.")] input: DeleteCaptionTrackInput,
    ) -> Option<Result<DeleteCaptionTrackPayload>> {
        Some(delete(ctx.req(), input).await)
    }
}

async fn add(req: &RequestContext, input: AddCaptionTrackInput) -> Result<AddCaptionTrackPayload> {
    let (track, user_errors) = outcome(store(req, input).await)?;
    Ok(AddCaptionTrackPayload { caption_track: track.map(CaptionTrack::from), user_errors })
}

/// Looked at first, then stored, then added: nothing is stored for who may not, and no row is without its words.
async fn store(req: &RequestContext, input: AddCaptionTrackInput) -> kernel::Result<CaptionTrackRow> {
    let (mut new, words) = input.into_domain()?;
    let id = req.write(async |tx| captions::check_captions(tx, &mut new, &words).await).await?;
    let (storage, key) = (&req.app.storage, Derived(new.media).captions(id));
    storage.put(&key, words.into()).await?;
    let added = req.write(async |tx| captions::add_captions(tx, id, new).await).await;
    if added.is_err() {
        storage.delete(&key).await?;
    }
    added
}

async fn delete(req: &RequestContext, input: DeleteCaptionTrackInput) -> Result<DeleteCaptionTrackPayload> {
    let id = input.id.at(&["input", "id"])?;
    let (done, user_errors) = outcome(req.write(async |tx| captions::delete_captions(tx, id).await).await)?;
    Ok(DeleteCaptionTrackPayload { deleted_caption_track_id: done.map(|()| ID(id.to_wire())), user_errors })
}
