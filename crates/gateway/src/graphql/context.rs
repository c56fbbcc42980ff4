use std::sync::Arc;

use accounts::{Throttled, idempotency, throttling};
use async_graphql::Context;
use chrono::{DateTime, Utc};
use kernel::{Db, Trace, Tx, Viewer};
use tokio::time::Instant;

use super::{
    delivery::{Cookies, Jar},
    idempotency::Repeats,
    loader::{Loaders, Reader},
};
use crate::{app::App, ended::News};

/// Where a request comes from.
#[derive(Clone, Default)]
pub struct Origin {
    pub ip: String,
    pub user_agent: String,
    pub cookies: Cookies,
    /// Does the caller want to hear what it costs?
    pub wants_cost: bool,
}

/// All that one request carries.
pub struct RequestContext {
    pub app: Arc<App>,
    /// Where it reads: the database, or a copy of it that has all that the viewer may expect.
    db: Db,
    pub now: DateTime<Utc>,
    pub origin: Origin,
    /// In the log, in the audit trail and with internal errors.
    pub request_id: String,
    pub loaders: Arc<Loaders>,
    /// What the answer changes of the browser's cookies.
    pub jar: Arc<Jar>,
    /// Document and variables of a mutation, as they came: what a key stands for.
    pub body: String,
    /// The key that the mutation came with.
    pub repeats: Repeats,
    news: News,
}

impl RequestContext {
    pub fn new(app: Arc<App>, viewer: Viewer, origin: Origin) -> Self {
        let db = app.db.clone();
        Self::reading(app, db, viewer, origin)
    }

    /// One that reads there: the database, or a copy of it.
    pub fn reading(app: Arc<App>, db: Db, viewer: Viewer, origin: Origin) -> Self {
        let reader = Reader { db: db.clone(), viewer };
        let (now, deadline) = (app.world.now(), Instant::now() + app.timeout);
        let loaders = Arc::new(Loaders::new(reader, deadline));
        Self {
            app,
            db,
            now,
            origin,
            request_id: String::new(),
            loaders,
            jar: Arc::default(),
            body: String::new(),
            repeats: Repeats::default(),
            news: News::default(),
        }
    }

    /// Who is asking.
    pub fn viewer(&self) -> Viewer {
        self.loaders.reader().viewer.clone()
    }

    /// From here on the request is this viewer's: somebody has just signed in by it.
    pub fn become_viewer(&self, viewer: Viewer) {
        self.loaders.restart(Reader { db: self.db.clone(), viewer });
    }

    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Takes a place among the attempts that are allowed, before the attempt is made. What is refused has only read.
    pub async fn throttle(&self, what: &Throttled) -> kernel::Result<()> {
        throttling::check(self.db().read(), what, self.now).await?;
        self.write_apart(async |tx| throttling::reserve(tx, what).await).await
    }

    /// Does the work, lets the other contexts react, commits: all of it or none.
    pub async fn write<T>(&self, work: impl AsyncFnOnce(&mut Tx) -> kernel::Result<T>) -> kernel::Result<T> {
        let Some(asked) = self.repeats.to_take() else {
            return self.write_apart(work).await;
        };
        let claimed = async |tx: &mut Tx| {
            idempotency::claim(tx, &asked).await?;
            work(tx).await
        };
        let done = self.write_apart(claimed).await?;
        self.repeats.taken();
        Ok(done)
    }

    /// A write that is not what was asked for, only beside it: it takes no key.
    pub async fn write_apart<T>(&self, work: impl AsyncFnOnce(&mut Tx) -> kernel::Result<T>) -> kernel::Result<T> {
        let (done, ended) = self.app.commit(self.begin().await?, work).await?;
        self.news.add(ended);
        self.loaders.clear();
        Ok(done)
    }

    /// Does the work for real and takes it all back: for those who want to see what would come of it.
    pub async fn rehearse<T>(&self, work: impl AsyncFnOnce(&mut Tx) -> kernel::Result<T>) -> kernel::Result<T> {
        let mut tx = self.begin().await?;
        let done = work(&mut tx).await;
        tx.roll_back().await?;
        done
    }

    async fn begin(&self) -> kernel::Result<Tx> {
        let tx = Tx::begin(self.db(), &self.viewer(), self.now, self.app.world.clone()).await?;
        Ok(tx.traced(Trace { request_id: self.request_id.clone(), ip_address: self.origin.ip.clone() }))
    }
}

impl Drop for RequestContext {
    fn drop(&mut self) {
        for user in self.news.take() {
            self.app.ended.tell(user);
        }
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
