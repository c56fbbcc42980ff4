//! Who shows which token, remembered for a moment: a page asks many things at once, and whoever learns goes on asking.

use accounts::{Known, identify};
use chrono::{DateTime, Utc};
use kernel::{Db, Result};
use moka::{future::Cache, policy::EvictionPolicy};
use sha2::{Digest, Sha256};

/// How long what was found is taken for granted, while nothing changes that this process hears of: for processes that are
/// not heard.
const SECONDS: i64 = 5;
const MOST: u64 = 10_000;

/// How many changes of access there have been, which few seconds it is, and what the token is known by: not the token, which
/// is nothing to keep.
type Asked = (u64, i64, [u8; 32]);

/// That a token is good is remembered; that it is not is asked again.
pub struct Callers(Cache<Asked, Known>);

impl Default for Callers {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(MOST).eviction_policy(EvictionPolicy::lru()).build())
    }
}

impl Callers {
    /// As [`accounts::identify`].
    pub async fn identify(&self, db: &Db, token: &str, now: DateTime<Utc>) -> Result<Option<Known>> {
        if !db.changes().is_heard() {
            return identify(db, token, now).await;
        }
        // Before anything is read: what is read later may be newer, but not older.
        let period = now.timestamp().div_euclid(SECONDS);
        let asked = (db.changes().access_count(), period, Sha256::digest(token.as_bytes()).into());
        if let Some(known) = self.0.get(&asked).await.filter(|known| known.is_good(now)) {
            return Ok(Some(known));
        }
        let found = identify(db, token, now).await?;
        if let Some(known) = found.as_ref().filter(|known| !known.is_due) {
            self.0.insert(asked, known.clone()).await;
        }
        Ok(found)
    }
}
