use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use kernel::{Db, Result};

use super::KEPT_SECONDS;

/// How many changes there have been, and until when nothing changes by the clock alone.
pub type Moment = (u64, DateTime<Utc>);

/// Knows when the clock changes a price next. Asked of the database once for each state of the data and period.
#[derive(Default)]
pub struct Edges(Mutex<Option<Known>>);

#[derive(Clone, Copy)]
struct Known {
    moment: Moment,
    since: DateTime<Utc>,
}

impl Edges {
    /// The moment that an answer belongs to which is about to be read: it ends with the period, or when a discount begins
    /// or ends before that.
    pub async fn moment(&self, db: &Db, now: DateTime<Utc>) -> Result<Moment> {
        // Before anything is read: what is read later may be newer, but not older.
        let changes = db.changes().count();
        if let Some(known) = self.known().filter(|known| known.is_about(changes, now)) {
            return Ok(known.moment);
        }
        let period = now.timestamp().div_euclid(KEPT_SECONDS) + 1;
        let over = DateTime::from_timestamp(period * KEPT_SECONDS, 0).unwrap_or(now);
        let next = courses::next_price_change(db.read(), now).await?;
        let moment = (changes, next.map_or(over, |next| next.min(over)));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Known { moment, since: now });
        Ok(moment)
    }

    fn known(&self) -> Option<Known> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn is_about(&self, changes: u64, now: DateTime<Utc>) -> bool {
        let (counted, until) = self.moment;
        counted == changes && self.since <= now && now < until
    }
}
