use std::sync::Arc;

use async_graphql::{Context, Subscription};
use futures_util::{Stream, stream::unfold};
use kernel::{Error, MediaId, Viewer};
use media::{MediaRow, ProcessingStatus, reading};
use tokio::time::{Instant, Interval, interval};

use super::MediaFile;
use crate::{
    app::App,
    graphql::{
        context::Req,
        error::Result,
        id::Id,
        loader::{Loaders, Reader},
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
        let req = ctx.req();
        let watch = Watch {
            app: req.app.clone(),
            loaders: req.loaders.clone(),
            viewer: req.viewer(),
            media: media_id.at(&["mediaId"])?,
            looks: interval(req.app.look_every),
            told: None,
            is_over: false,
        };
        Ok(unfold(watch, async |mut watch| watch.next().await.map(|event| (event, watch))))
    }
}

/// What of a file is news.
type State = (ProcessingStatus, i32);

/// Looks at the row again and again: whichever process works on the file, the row knows.
struct Watch {
    app: Arc<App>,
    loaders: Arc<Loaders>,
    viewer: Viewer,
    media: MediaId,
    looks: Interval,
    told: Option<State>,
    is_over: bool,
}

impl Watch {
    async fn next(&mut self) -> Option<Result<MediaFile>> {
        while !self.is_over {
            self.looks.tick().await;
            match self.look().await {
                // The session has ended: the connection says so itself.
                Ok(None) => return None,
                Ok(Some(row)) => {
                    let state = (row.processing_status, row.processing_percent);
                    if self.told.replace(state) != Some(state) {
                        self.is_over = matches!(state.0, ProcessingStatus::Completed | ProcessingStatus::Failed);
                        return Some(Ok(row.into()));
                    }
                }
                Err(error) => {
                    self.is_over = true;
                    return Some(Err(error.into()));
                }
            }
        }
        None
    }

    /// The file as it is now, by the eyes of who the viewer is now: rights come and go while a connection is open.
    async fn look(&mut self) -> kernel::Result<Option<MediaRow>> {
        let app = &self.app;
        let Some(known) = accounts::identify_again(&app.db, &self.viewer, app.world.now()).await? else {
            return Ok(None);
        };
        self.viewer = known.viewer;
        let mut found = reading::files(app.db.read(), &self.viewer, &[self.media]).await?;
        let row = found.remove(&self.media).ok_or(Error::NotFound)?;
        // Each event is an answer of its own, with the time and the edges that one may take.
        let reader = Reader { db: app.db.clone(), viewer: self.viewer.clone() };
        self.loaders.renew(reader, Instant::now() + app.timeout);
        Ok(Some(row))
    }
}
