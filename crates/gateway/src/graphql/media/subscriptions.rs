use async_graphql::{Context, Subscription};
use futures_util::Stream;
use kernel::{Error, MediaId, Viewer};
use media::{MediaRow, ProcessingStatus, reading};

use super::MediaFile;
use crate::{
    app::App,
    graphql::{
        context::Req,
        error::Result,
        id::Id,
        polling::{Polled, poll},
    },
};

#[derive(Default)]
pub struct MediaSubscription;

#[Subscription]
impl MediaSubscription {
    /// A file while it is processed: as it is now, then at each change of `processingStatus` and `processingPercent`. Ends
    /// after `COMPLETED` or `FAILED`. After a cut, `node` has the same state. An error with the code `NOT_FOUND` when there
    /// is no such file, or not for you (any more).
    async fn media_processing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which file.")] media_id: Id<MediaId>,
    ) -> Result<impl Stream<Item = Result<MediaFile>> + use<>> {
        Ok(poll(ctx.req(), Processing { media: media_id.at(&["mediaId"])? }))
    }
}

/// How far the processing of a file is.
struct Processing {
    media: MediaId,
}

impl Polled for Processing {
    type Seen = MediaRow;
    type State = (ProcessingStatus, i32);
    type Told = MediaFile;

    async fn look(&self, app: &App, viewer: &Viewer) -> kernel::Result<MediaRow> {
        let mut found = reading::files(app.db.read(), viewer, &[self.media]).await?;
        found.remove(&self.media).ok_or(Error::NotFound)
    }

    fn state(&self, row: &MediaRow, _: &App, _: &Viewer) -> Self::State {
        (row.processing_status, row.processing_percent)
    }

    async fn tell(&self, row: MediaRow, _: Option<&Self::State>, _: &App) -> kernel::Result<Option<MediaFile>> {
        Ok(Some(row.into()))
    }

    fn is_last(&self, state: &Self::State) -> bool {
        matches!(state.0, ProcessingStatus::Completed | ProcessingStatus::Failed)
    }
}
