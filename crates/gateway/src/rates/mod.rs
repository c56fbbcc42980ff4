//! How much of the server each may have: a bucket of cost for each viewer and for each address that nobody signed in from.
//! Every gateway has its own in memory, so that no request waits for the database, and now and then they add up theirs.

mod bucket;
mod settling;

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use accounts::{throttling::network, token_hash};
use chrono::{DateTime, Utc};
use kernel::{EntityId, Viewer};

use bucket::Bucket;
pub use bucket::{Left, Rate};
pub use settling::{keep_settling, settle};

/// The most that are remembered; more than that are an attack.
const MOST: usize = 100_000;

/// The buckets of this gateway.
pub struct Rates {
    viewers: Option<Rate>,
    addresses: Option<Rate>,
    buckets: Mutex<HashMap<String, Bucket>>,
}

impl Rates {
    /// A rate of none limits nothing.
    pub fn new(viewers: Option<Rate>, addresses: Option<Rate>) -> Self {
        Self { viewers, addresses, buckets: Mutex::default() }
    }

    /// Takes the cost from whoever asks, or says how many seconds to wait. Who is signed in is no part of their address: a
    /// whole school may be behind one. `None` when nothing limits them.
    pub fn take(&self, viewer: &Viewer, ip: &str, cost: u64, now: DateTime<Utc>) -> Result<Option<Left>, i64> {
        let (rate, who) = match viewer {
            Viewer::User(signed_in) => (self.viewers, signed_in.user.to_wire()),
            Viewer::Service(service) => (self.viewers, service.token.to_wire()),
            Viewer::Anonymous => (self.addresses, network(ip)),
            Viewer::System => (None, String::new()),
        };
        let Some(rate) = rate else {
            return Ok(None);
        };
        let now = now.timestamp_nanos_opt().unwrap_or(i64::MAX / 2);
        let mut buckets = self.buckets();
        make_room(&mut buckets, now);
        buckets.entry(token_hash(&format!("rate\0{who}"))).or_default().take(rate, cost, now).map(Some)
    }

    fn buckets(&self) -> MutexGuard<'_, HashMap<String, Bucket>> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Those that are full say nothing; when that is not enough, the half goes that has asked for least.
fn make_room(buckets: &mut HashMap<String, Bucket>, now: i64) {
    if buckets.len() < MOST {
        return;
    }
    buckets.retain(|_, bucket| bucket.full_at > now || bucket.unsettled > 0);
    if buckets.len() >= MOST {
        let mut times: Vec<i64> = buckets.values().map(|bucket| bucket.full_at).collect();
        let middle = times.len() / 2;
        let (_, median, _) = times.select_nth_unstable(middle);
        let median = *median;
        buckets.retain(|_, bucket| bucket.full_at > median);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attack_from_everywhere_takes_no_more_than_its_room() {
        let rates = Rates::new(None, Some(Rate { per_minute: 60 }));
        for n in 0..MOST + 10 {
            rates.take(&Viewer::Anonymous, &n.to_string(), 1, DateTime::UNIX_EPOCH).unwrap();
        }
        assert!(rates.buckets().len() <= MOST);
    }
}
