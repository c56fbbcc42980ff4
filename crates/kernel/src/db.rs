use std::{path::Path, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend, TransactionTrait};

use crate::{Changes, Error, Replica, Result, Viewer, count_statement, dialect};

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
    replica: Option<Arc<Replica>>,
}

/// How long a read waits for the copy before the database itself is asked.
const REPLICA_PATIENCE: Duration = Duration::from_secs(2);

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
        Ok(Self { read, write, changes, replica: None })
    }

    /// With a copy of the PostgreSQL database, a streaming standby, that some reads may be sent to. Every process that writes
    /// has to know that there is one. It need not be there yet: nobody is sent to one that is not seen to follow.
    pub async fn with_replica(self, config: &DbConfig) -> Result<Self> {
        if self.backend() != DbBackend::Postgres {
            return Err(Error::Internal("only PostgreSQL has replicas".into()));
        }
        let mut options = options(config, config.max_connections);
        options.min_connections(0).connect_lazy(true).acquire_timeout(REPLICA_PATIENCE);
        let mut conn = Database::connect(options).await?;
        conn.set_metric_callback(|_| count_statement());
        Ok(Self { replica: Some(Arc::new(Replica::new(conn))), ..self })
    }

    /// The copy, if there is one.
    pub fn replica(&self) -> Option<&Arc<Replica>> {
        self.replica.as_ref()
    }

    /// The same database, read from its copy: none when there is no copy, or when it has not all that this viewer may expect.
    pub async fn copy_for(&self, viewer: &Viewer, now: DateTime<Utc>) -> Result<Option<Self>> {
        match &self.replica {
            Some(replica) if replica.serves(self, viewer.actor(), now).await? => {
                Ok(Some(Self { read: replica.conn().clone(), ..self.clone() }))
            }
            _ => Ok(None),
        }
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
            let copy = self.replica.iter().map(|replica| ("replica", replica.conn()));
            let all = [("all", &self.read)].into_iter().chain(copy);
            let all = all.map(|(name, conn)| (name, conn.get_postgres_connection_pool()));
            return all.map(|(name, all)| pool(name, all.size(), all.num_idle())).collect();
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
        if let Some(replica) = self.replica {
            replica.conn().clone().close().await?;
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
