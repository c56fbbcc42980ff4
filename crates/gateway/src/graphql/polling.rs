//! What subscriptions on the state of a thing have in common: they look at it again and again, so that it does not matter
//! which process changed it.

use std::sync::Arc;

use futures_util::{Stream, stream::unfold};
use kernel::Viewer;
use tokio::time::{Instant, Interval, interval};

use super::{
    context::RequestContext,
    error::Result,
    loader::{Loaders, Reader},
};
use crate::app::App;

/// A thing that is looked at.
pub trait Polled: Send + 'static {
    /// How many times as often as others.
    const FASTER: u32 = 1;

    /// What is read of it.
    type Seen: Send;
    /// What of that is news when it differs.
    type State: PartialEq + Send;
    /// What subscribers are told.
    type Told: Send;

    /// The thing as it is now, for this viewer: `NotFound` when it is not there for them (any more).
    fn look(&self, app: &App, viewer: &Viewer) -> impl Future<Output = kernel::Result<Self::Seen>> + Send;

    fn state(&self, seen: &Self::Seen, app: &App, viewer: &Viewer) -> Self::State;

    /// What to say of it, once it is news since `before`. `None`: nothing, after all.
    fn tell(
        &self,
        seen: Self::Seen,
        before: Option<&Self::State>,
        app: &App,
    ) -> impl Future<Output = kernel::Result<Option<Self::Told>>> + Send;

    /// Is nothing to come after this?
    fn is_last(&self, state: &Self::State) -> bool;
}

/// The thing as it is now, then whenever it changes; an error ends it, and so does the end of the session, silently: the
/// connection says that itself.
pub fn poll<P: Polled>(req: &RequestContext, thing: P) -> impl Stream<Item = Result<P::Told>> + use<P> {
    let polling = Polling {
        app: req.app.clone(),
        loaders: req.loaders.clone(),
        viewer: req.viewer(),
        thing,
        looks: interval(req.app.look_every / P::FASTER),
        told: None,
        is_over: false,
    };
    unfold(polling, async |mut polling| polling.next().await.map(|event| (event, polling)))
}

struct Polling<P: Polled> {
    app: Arc<App>,
    loaders: Arc<Loaders>,
    viewer: Viewer,
    thing: P,
    looks: Interval,
    told: Option<P::State>,
    is_over: bool,
}

impl<P: Polled> Polling<P> {
    async fn next(&mut self) -> Option<Result<P::Told>> {
        while !self.is_over {
            self.looks.tick().await;
            let told = match self.look().await {
                Ok(None) => return None,
                Ok(Some(seen)) => self.news(seen).await,
                Err(error) => Err(error),
            };
            self.is_over |= told.is_err();
            if let Some(told) = told.transpose() {
                return Some(told.map_err(Into::into));
            }
        }
        None
    }

    /// By the eyes of who the viewer is now: rights come and go while a connection is open. None when the session has ended.
    async fn look(&mut self) -> kernel::Result<Option<P::Seen>> {
        let Some(known) = accounts::identify_again(&self.app.db, &self.viewer, self.app.world.now()).await? else {
            return Ok(None);
        };
        self.viewer = known.viewer;
        self.thing.look(&self.app, &self.viewer).await.map(Some)
    }

    async fn news(&mut self, seen: P::Seen) -> kernel::Result<Option<P::Told>> {
        let state = self.thing.state(&seen, &self.app, &self.viewer);
        if self.told.as_ref() == Some(&state) {
            return Ok(None);
        }
        self.is_over = self.thing.is_last(&state);
        let before = self.told.replace(state);
        // Each event is an answer of its own, with the time and the edges that one may take.
        let reader = Reader { db: self.app.db.clone(), viewer: self.viewer.clone() };
        self.loaders.renew(reader, Instant::now() + self.app.timeout);
        self.thing.tell(seen, before.as_ref(), &self.app).await
    }
}
