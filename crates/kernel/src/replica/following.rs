use std::{
    collections::VecDeque,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, Ordering::SeqCst},
    },
};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use super::marking::mark_of;
use crate::{Db, Error, Result, UserId};

/// The longest that the copy may be behind and still be asked.
const MOST_BEHIND: TimeDelta = TimeDelta::seconds(5);

/// So many places of the log are remembered: more than are passed in that time.
const REMEMBERED: usize = 60;

/// A place in the log of the database, in bytes from its beginning, and when the database was there.
type Passed = (DateTime<Utc>, i64);

/// What is known of the copy.
pub struct Replica {
    conn: DatabaseConnection,
    passed: Mutex<VecDeque<Passed>>,
    /// The copy has all that was committed up to then, in milliseconds since 1970.
    as_of: AtomicI64,
}

impl Replica {
    pub(crate) fn new(conn: DatabaseConnection) -> Self {
        Self { conn, passed: Mutex::default(), as_of: AtomicI64::new(i64::MIN) }
    }

    pub(crate) fn conn(&self) -> &DatabaseConnection {
        &self.conn
    }

    /// Looks how far the copy is. To be called about once a second; nobody is sent to a copy that has not been seen lately.
    /// Fails when one of the two can't be reached, and when the copy is none.
    pub async fn look(&self, db: &Db, now: DateTime<Utc>) -> Result<()> {
        // Not how far it is written: what is committed with `synchronous_commit = off` is not, for a moment.
        let at = place(db.read(), "pg_current_wal_insert_lsn()").await?;
        self.passed().push_back((now, at));
        let reached = place(&self.conn, "pg_last_wal_replay_lsn()").await?;
        let mut passed = self.passed();
        while let Some((at, _)) = passed.pop_front_if(|(_, place)| *place <= reached) {
            self.as_of.store(at.timestamp_millis(), SeqCst);
        }
        let too_many = passed.len().saturating_sub(REMEMBERED);
        passed.drain(..too_many);
        Ok(())
    }

    /// How long ago the copy had all that there was; none when it never was seen to.
    pub fn behind(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        DateTime::from_timestamp_millis(self.as_of.load(SeqCst)).map(|as_of| now - as_of)
    }

    /// May they read here at this time? Not when it is too far behind, nor as long as something that they did has not come
    /// through. The database is asked first: what they do while the copy is asked can make the copy newer, but not older.
    pub(crate) async fn serves(&self, db: &Db, actor: Option<UserId>, now: DateTime<Utc>) -> Result<bool> {
        if self.behind(now).is_none_or(|behind| behind > MOST_BEHIND) {
            return Ok(false);
        }
        let Some(actor) = actor else {
            return Ok(true);
        };
        let wanted = mark_of(db.read(), actor).await?;
        Ok(wanted == 0 || mark_of(&self.conn, actor).await? >= wanted)
    }

    fn passed(&self) -> MutexGuard<'_, VecDeque<Passed>> {
        self.passed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How far the log is.
async fn place(conn: &DatabaseConnection, of: &str) -> Result<i64> {
    let sql = format!("SELECT CAST({of} - '0/0' AS BIGINT) AS place");
    let found = conn.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    let place = found.map(|row| row.try_get("", "place")).transpose()?.flatten();
    place.ok_or_else(|| Error::Internal("the replica is no standby: it follows no database".into()))
}
