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
    is_deaf: AtomicBool,
    quiet: OnceLock<&'static [&'static str]>,
}

impl Changes {
    /// Changes of these tables are not counted. Told once, before there are any.
    pub fn leave_out(&self, tables: &'static [&'static str]) {
        self.quiet.get_or_init(|| tables);
    }

    /// A greater number than before when something may have changed since.
    pub fn count(&self) -> u64 {
        self.count.load(SeqCst)
    }

    /// Something has changed, or may have.
    pub fn add(&self) {
        self.count.fetch_add(1, SeqCst);
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
        self.add();
        self.is_deaf.store(false, SeqCst);
    }

    fn counts(&self, table: &str) -> bool {
        !self.quiet.get().is_some_and(|quiet| quiet.contains(&table))
    }
}

/// Whether a transaction has written what counts.
pub(crate) struct Written {
    changes: Arc<Changes>,
    has_any: AtomicBool,
}

impl Written {
    pub fn new(db: &Db) -> Self {
        Self { changes: db.changes().clone(), has_any: AtomicBool::new(false) }
    }

    /// Rows of this table are written.
    pub fn note<E: EntityTrait>(&self) {
        if self.changes.counts(E::default().table_name()) {
            self.has_any.store(true, Relaxed);
        }
    }

    /// Commits, counts, and tells the other processes.
    pub async fn commit(self, conn: DatabaseTransaction) -> Result<()> {
        if !self.has_any.into_inner() {
            return Ok(conn.commit().await?);
        }
        announce(&conn).await?;
        let _counting = Counting(&self.changes);
        Ok(conn.commit().await?)
    }
}

/// Counts when it is dropped: a commit may have been made even when nobody waited for its answer.
struct Counting<'a>(&'a Changes);

impl Drop for Counting<'_> {
    fn drop(&mut self) {
        self.0.add();
    }
}
