use std::sync::Arc;

use kernel::{Db, DbConfig, SystemWorld, Tx, Viewer, World};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DbBackend};

use super::Failure;
use crate::{config::Database, private_folder::private_folder};

/// Any number will do, as long as every gateway uses the same.
const MIGRATION_LOCK: i64 = 0x1ec7e24;

pub async fn run(options: Database) -> Result<(), Failure> {
    prepare(&options).await?.close().await?;
    println!("The database is up to date.");
    Ok(())
}

/// Connects, creating folder and file where SQLite needs them, and migrates.
pub async fn prepare(options: &Database) -> Result<Db, Failure> {
    let config = options.config();
    if options.given_url().is_none() {
        private_folder(&options.data_dir)
            .map_err(|error| format!("can't create the folder {}: {error}", options.data_dir.display()))?;
    }
    migrate(&config).await.map_err(|error| {
        // The address can hold a password.
        let reason = error.to_string().replace(&config.url, "DATABASE_URL");
        format!("can't prepare the database: {reason}")
    })?;
    let db = Db::connect(&config).await?;
    match options.replica() {
        Some(replica) => with_replica(db, &replica).await.map_err(Into::into),
        None => Ok(db),
    }
}

/// With the copy that the settings name. It is not waited for.
pub async fn with_replica(db: Db, replica: &DbConfig) -> Result<Db, String> {
    let connected = db.with_replica(replica).await;
    // The address can hold a password.
    let told = |error: kernel::Error| error.to_string().replace(&replica.url, "DATABASE_REPLICA_URL");
    connected.map_err(|error| format!("DATABASE_REPLICA_URL: {}", told(error)))
}

/// Brings the schema up to date and installs the built-in roles. Gateways that start together wait for each other.
pub async fn migrate(config: &DbConfig) -> Result<(), Failure> {
    // One connection, so that the lock and the migrations are one session's.
    let db = Db::connect(&DbConfig { max_connections: 1, ..config.clone() }).await?;
    let lock = |verb: &str| format!("SELECT pg_advisory_{verb}({MIGRATION_LOCK})");
    let is_postgres = db.backend() == DbBackend::Postgres;
    if is_postgres {
        db.write().execute_unprepared(&lock("lock")).await?;
    }
    Migrator::up(db.write(), None).await?;
    let world: Arc<dyn World> = Arc::new(SystemWorld);
    let mut tx = Tx::begin(&db, &Viewer::System, world.now(), world).await?;
    accounts::install_roles(&mut tx).await?;
    tx.commit().await?;
    if is_postgres {
        db.write().execute_unprepared(&lock("unlock")).await?;
    }
    Ok(db.close().await?)
}
