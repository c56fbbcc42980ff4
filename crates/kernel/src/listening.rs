use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    sqlx::{
        self,
        postgres::{PgListener, PgPoolOptions},
    },
};

use crate::{Db, Result, changes::What};

/// What processes on one PostgreSQL database tell each other by.
const CHANNEL: &str = "lectern_changes";

/// Tells the other processes, when the transaction commits and not before.
pub(crate) async fn announce(conn: &DatabaseTransaction, what: &str) -> Result<()> {
    if conn.get_database_backend() == DbBackend::Postgres {
        conn.execute_unprepared(&format!("NOTIFY {CHANNEL}, '{what}'")).await?;
    }
    Ok(())
}

/// Hears of what other processes commit. A connection of its own, so that it takes nobody's.
pub struct Ear(PgListener);

impl Ear {
    /// Listens from now on. None on SQLite, which has nobody to hear.
    pub async fn open(db: &Db) -> Result<Option<Self>> {
        match db.backend() {
            DbBackend::Postgres => Ok(Some(Self(listener(db.read()).await.map_err(lost)?))),
            _ => Ok(None),
        }
    }

    /// Waits until somebody has committed something, and says what. Fails when the connection is lost.
    pub async fn hear(&mut self) -> Result<What> {
        match self.0.try_recv().await.map_err(lost)? {
            Some(told) => Ok(What::of_wire(told.payload())),
            None => Err(DbErr::Conn(sea_orm::RuntimeErr::Internal("the connection was lost".into())).into()),
        }
    }
}

async fn listener(db: &DatabaseConnection) -> std::result::Result<PgListener, sqlx::Error> {
    let options = db.get_postgres_connection_pool().connect_options();
    let pool = PgPoolOptions::new().max_connections(1).max_lifetime(None).idle_timeout(None);
    let mut listener = PgListener::connect_with(&pool.connect_with((*options).clone()).await?).await?;
    listener.eager_reconnect(false);
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

fn lost(error: sqlx::Error) -> DbErr {
    DbErr::Conn(sea_orm::RuntimeErr::SqlxError(error.into()))
}
