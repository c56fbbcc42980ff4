//! Who may open which file, remembered for a moment: a player asks for a film piece by piece.

use chrono::{DateTime, Utc};
use kernel::{Db, EntityId, MediaId, Result, Viewer};
use moka::{future::Cache, policy::EvictionPolicy};

/// How long what was found is taken for granted, while nothing is changed that this process hears of: for what ends with its
/// time, and for processes that are not heard.
const SECONDS: i64 = 5;
const MOST: u64 = 10_000;

/// How many changes there have been, which few seconds it is, which file, and who opens it.
type Asked = (u64, i64, MediaId, String);

/// That somebody may is remembered; that they may not is asked again.
pub struct Opened(Cache<Asked, ()>);

impl Default for Opened {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(MOST).eviction_policy(EvictionPolicy::lru()).build())
    }
}

impl Opened {
    pub async fn may_open(&self, db: &Db, viewer: &Viewer, media: MediaId, now: DateTime<Utc>) -> Result<bool> {
        // Before anything is read: what is read later may be newer, but not older.
        let asked = (db.changes().count(), now.timestamp().div_euclid(SECONDS), media, named(viewer));
        let is_heard = db.changes().is_heard();
        if is_heard && self.0.get(&asked).await.is_some() {
            return Ok(true);
        }
        let may = learning::may_open(db.read(), viewer, media, now).await?;
        if is_heard && may {
            self.0.insert(asked, ()).await;
        }
        Ok(may)
    }
}

fn named(viewer: &Viewer) -> String {
    match viewer {
        Viewer::User(known) => known.session.to_wire(),
        Viewer::Service(known) => known.token.to_wire(),
        Viewer::Anonymous | Viewer::System => String::new(),
    }
}
