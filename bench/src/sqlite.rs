//! A gateway on SQLite, with the same school and the same people signed in.

use std::path::Path;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Database as SeaOrm, DbBackend, Statement};
use uuid::Uuid;

use crate::{
    Outcome,
    database::Database,
    options::Options,
    server::{self, Server},
};

/// None unless it is asked for.
pub async fn start(options: &Options, folder: &Path, database: &Database) -> Outcome<Option<Server>> {
    if !options.sqlite {
        return Ok(None);
    }
    server::seed_sqlite(options, folder).await?;
    copy_sessions(database, &server::sqlite_url(folder)).await?;
    server::gateway_on_sqlite(options, folder).await.map(Some)
}

const COPIED: &str = "INSERT INTO user_sessions (id, created_at, updated_at, user_id, session_key, access_token, refresh_token, \
    expires_at, refresh_expires_at, last_activity) VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $7, $8)";

/// The seed makes the same ids on both databases, so who is signed in on one can be on the other.
async fn copy_sessions(database: &Database, url: &str) -> Outcome {
    let sql = "SELECT id, created_at, user_id, session_key, access_token, refresh_token, expires_at, last_activity \
               FROM user_sessions WHERE session_key LIKE 'bench-%'";
    let sqlite = SeaOrm::connect(url).await?;
    for row in database.rows(sql, &[]).await? {
        let time = |column: &str| row.get::<_, DateTime<Utc>>(column).into();
        let text = |column: &str| row.get::<_, String>(column).into();
        let id = |column: &str| row.get::<_, Uuid>(column).into();
        let values = [
            id("id"),
            time("created_at"),
            id("user_id"),
            text("session_key"),
            text("access_token"),
            text("refresh_token"),
            time("expires_at"),
            time("last_activity"),
        ];
        sqlite.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, COPIED, values)).await?;
    }
    // As settled as the other one.
    sqlite.execute_unprepared("ANALYZE").await?;
    Ok(sqlite.close().await?)
}
