use std::sync::Arc;

use async_graphql::Context;
use chrono::{DateTime, Utc};
use kernel::{Db, Permissions, SessionId, SignedIn, Tx, UserId, Viewer};

use super::loader::{Loaders, Reader};
use crate::{app::App, reactions};

/// Where a request comes from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    pub ip: String,
    pub user_agent: String,
}

/// All that one request carries.
pub struct RequestContext {
    pub app: Arc<App>,
    pub viewer: Viewer,
    pub now: DateTime<Utc>,
    pub origin: Origin,
    pub loaders: Loaders,
}

impl RequestContext {
    pub fn new(app: Arc<App>, viewer: Viewer, origin: Origin) -> Self {
        let reader = Reader { db: app.db.clone(), viewer: viewer.clone() };
        let now = app.world.now();
        Self { app, viewer, now, origin, loaders: Loaders::new(reader) }
    }

    pub fn db(&self) -> &Db {
        &self.app.db
    }

    /// Loaders that see what this person sees, for an answer to somebody who has just proved to be them.
    pub fn as_user(&self, user: UserId) -> Loaders {
        let viewer = Viewer::User(Arc::new(SignedIn { user, session: SessionId(Default::default()), permissions: Permissions::default() }));
        Loaders::new(Reader { db: self.app.db.clone(), viewer })
    }

    /// Does the work, lets the other contexts react, commits: all of it or none.
    pub async fn write<T>(&self, work: impl AsyncFnOnce(&mut Tx) -> kernel::Result<T>) -> kernel::Result<T> {
        let mut tx = Tx::begin(self.db(), &self.viewer, self.now, self.app.world.clone()).await?;
        let done = work(&mut tx).await?;
        reactions::run(&mut tx).await?;
        tx.commit().await?;
        self.loaders.clear();
        Ok(done)
    }
}

/// `ctx.req()` in any resolver.
pub trait Req {
    fn req(&self) -> &RequestContext;
}

impl Req for Context<'_> {
    fn req(&self) -> &RequestContext {
        self.data_unchecked()
    }
}
