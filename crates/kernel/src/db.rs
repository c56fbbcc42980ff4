use std::{path::Path, sync::Arc, time::Duration};

use sea_orm::{ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend, TransactionTrait};

use crate::{Changes, Result, count_statement, dialect};

/// How to reach the database.
#[derive(Clone, Debug)]
pub struct DbConfig {
    /// `sqlite://path` or `postgres://user:password@host/database`.
    pub url: String,
    /// The most connections held open for reads (and, on PostgreSQL, writes).
    pub max_connections: u32,
}

/// The database: where reads go and where writes go. SQLite allows one writer at a time, so its writes queue for
/// one connection, first come first served, instead of polling for the file lock; on PostgreSQL both are one pool.
#[derive(Clone)]
pub struct Db {
    read: DatabaseConnection,
    write: DatabaseConnection,
    changes: Arc<Changes>,
}

/// Connections to the database that are kept open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pool {
    pub name: &'static str,
    pub open: u32,
    /// Those of them that nobody uses.
    pub idle: u32,
}

impl Db {
    /// Connects; creates the SQLite file when it does not exist.
    pub async fn connect(config: &DbConfig) -> Result<Self> {
        Self::open(config, |pool| pool.set_metric_callback(|_| count_statement())).await
    }

    /// As [`Self::connect`], and lets the caller attach a metric callback to each pool.
    pub async fn open(config: &DbConfig, tune: impl Fn(&mut DatabaseConnection)) -> Result<Self> {
        let mut read = Database::connect(options(config, config.max_connections)).await?;
        tune(&mut read);
        let write = if read.get_database_backend() == DbBackend::Sqlite {
            let mut write = Database::connect(options(config, 1)).await?;
            tune(&mut write);
            write
        } else {
            read.clone()
        };
        let changes = Arc::new(Changes::default());
        if read.get_database_backend() == DbBackend::Postgres {
            // Until somebody listens.
            changes.lose();
        }
        Ok(Self { read, write, changes })
    }

    /// For reads outside a transaction.
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// For migrations, which manage their own transactions.
    pub fn write(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Counts what is committed.
    pub fn changes(&self) -> &Arc<Changes> {
        &self.changes
    }

    /// The connections as they are at this moment.
    pub fn pools(&self) -> Vec<Pool> {
        let pool = |name, open: u32, idle| Pool { name, open, idle: u32::try_from(idle).unwrap_or(u32::MAX) };
        if self.backend() == DbBackend::Postgres {
            let all = self.read.get_postgres_connection_pool();
            return vec![pool("all", all.size(), all.num_idle())];
        }
        [("read", &self.read), ("write", &self.write)]
            .map(|(name, connection)| {
                let sqlite = connection.get_sqlite_connection_pool();
                pool(name, sqlite.size(), sqlite.num_idle())
            })
            .into()
    }

    pub fn backend(&self) -> DbBackend {
        self.read.get_database_backend()
    }

    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction> {
        Ok(self.write.begin_with_options(dialect::transaction(self.backend())).await?)
    }

    /// Waits for running statements and closes the pools.
    pub async fn close(self) -> Result<()> {
        if self.backend() == DbBackend::Sqlite {
            self.write.close().await?;
        }
        Ok(self.read.close().await?)
    }
}

fn options(config: &DbConfig, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(&config.url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false)
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(dialect::sqlite_options)
        .map_sqlx_postgres_opts(dialect::postgres_options);
    options
}

/// The URL of a SQLite file.
pub fn sqlite_url(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}
