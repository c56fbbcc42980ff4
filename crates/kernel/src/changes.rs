use std::sync::{
    Arc, OnceLock,
    atomic::{
        AtomicBool, AtomicU64,
        Ordering::{Relaxed, SeqCst},
    },
};

use sea_orm::{DatabaseTransaction, EntityTrait};

use crate::{Db, Result, listening::announce};

/// Counts what is committed, so that whoever keeps what they have read can tell whether it is still so. Counted are the
/// transactions of this process, and those of others as far as it hears of them.
#[derive(Default)]
pub struct Changes {
    count: AtomicU64,
    access: AtomicU64,
    is_deaf: AtomicBool,
    quiet: OnceLock<&'static [&'static str]>,
    of_access: OnceLock<&'static [&'static str]>,
}

impl Changes {
    /// Changes of these tables are not counted. Told once, before there are any.
    pub fn leave_out(&self, tables: &'static [&'static str]) {
        self.quiet.get_or_init(|| tables);
    }

    /// These tables say who shows a token and what they may do. Told once, before there are any changes.
    pub fn set_apart(&self, tables: &'static [&'static str]) {
        self.of_access.get_or_init(|| tables);
    }

    /// A greater number than before when somebody may be somebody else since, or may do something else.
    pub fn access_count(&self) -> u64 {
        self.access.load(SeqCst)
    }

    /// A greater number than before when something may have changed since.
    pub fn count(&self) -> u64 {
        self.count.load(SeqCst)
    }

    /// This has changed, or may have.
    pub fn add(&self, what: What) {
        if what.is_seen {
            self.count.fetch_add(1, SeqCst);
        }
        if what.is_access {
            self.access.fetch_add(1, SeqCst);
        }
    }

    /// Does this process hear of what others commit? SQLite has no others that matter.
    pub fn is_heard(&self) -> bool {
        !self.is_deaf.load(SeqCst)
    }

    /// From here on others can't be heard.
    pub fn lose(&self) {
        self.is_deaf.store(true, SeqCst);
    }

    /// From here on others are heard; what they did before nobody knows.
    pub fn find(&self) {
        self.add(What::ALL);
        self.is_deaf.store(false, SeqCst);
    }

    fn counts(&self, table: &str) -> bool {
        !self.quiet.get().is_some_and(|quiet| quiet.contains(&table))
    }

    fn is_access(&self, table: &str) -> bool {
        self.of_access.get().is_some_and(|tables| tables.contains(&table))
    }
}

/// What a change may concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct What {
    /// What those see who are not signed in.
    pub is_seen: bool,
    /// Who shows a token, and what they may do.
    pub is_access: bool,
}

impl What {
    pub const ALL: Self = Self { is_seen: true, is_access: true };
    const SEEN: Self = Self { is_seen: true, is_access: false };
    const ACCESS: Self = Self { is_seen: false, is_access: true };

    /// As processes tell each other. What is said in words that we don't know may concern everything.
    pub fn of_wire(word: &str) -> Self {
        match word {
            "seen" => Self::SEEN,
            "access" => Self::ACCESS,
            _ => Self::ALL,
        }
    }

    /// None when there is nothing to tell.
    pub fn to_wire(self) -> Option<&'static str> {
        match (self.is_seen, self.is_access) {
            (true, true) => Some("all"),
            (true, false) => Some("seen"),
            (false, true) => Some("access"),
            (false, false) => None,
        }
    }
}

/// Whether a transaction has written what counts.
pub(crate) struct Written {
    changes: Arc<Changes>,
    is_seen: AtomicBool,
    is_access: AtomicBool,
}

impl Written {
    pub fn new(db: &Db) -> Self {
        Self { changes: db.changes().clone(), is_seen: AtomicBool::default(), is_access: AtomicBool::default() }
    }

    /// Rows of this table are written.
    pub fn note<E: EntityTrait>(&self) {
        self.note_seen::<E>();
        if self.changes.is_access(E::default().table_name()) {
            self.is_access.store(true, Relaxed);
        }
    }

    /// As [`Self::note`], of what changes nothing about who somebody is.
    pub fn note_seen<E: EntityTrait>(&self) {
        if self.changes.counts(E::default().table_name()) {
            self.is_seen.store(true, Relaxed);
        }
    }

    /// Commits, counts, and tells the other processes.
    pub async fn commit(self, conn: DatabaseTransaction) -> Result<()> {
        let what = What { is_seen: self.is_seen.into_inner(), is_access: self.is_access.into_inner() };
        let Some(word) = what.to_wire() else {
            return Ok(conn.commit().await?);
        };
        announce(&conn, word).await?;
        let _counting = Counting(&self.changes, what);
        Ok(conn.commit().await?)
    }
}

/// Counts when it is dropped: a commit may have been made even when nobody waited for its answer.
struct Counting<'a>(&'a Changes, What);

impl Drop for Counting<'_> {
    fn drop(&mut self) {
        self.0.add(self.1);
    }
}
