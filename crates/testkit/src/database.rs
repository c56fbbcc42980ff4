//! A database per test: a copy of a migrated template, made once per test run.

use std::{
    env, fs,
    path::PathBuf,
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use gateway::commands::migrate;
use kernel::{DbConfig, sqlite_url};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};

/// nextest runs every test in a process of its own; what they share is the run.
fn run_id() -> String {
    env::var("NEXTEST_RUN_ID").unwrap_or_else(|_| process::id().to_string()).replace('-', "")
}

fn unique() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{}_{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/test-databases").join(run_id());
    fs::create_dir_all(&folder).unwrap();
    folder.canonicalize().unwrap()
}

/// The file of a migrated SQLite database.
pub async fn fresh_sqlite() -> PathBuf {
    let template = folder().join("template.db");
    if !template.exists() {
        // Whoever is first puts it in place; who made one meanwhile replaces it by the same.
        let draft = folder().join(format!("draft_{}.db", unique()));
        migrate(&DbConfig { url: sqlite_url(&draft), max_connections: 1 }).await.unwrap();
        fs::rename(draft, &template).unwrap();
    }
    let file = folder().join(format!("test_{}.db", unique()));
    fs::copy(template, &file).unwrap();
    file
}

/// A folder that is not there yet.
pub fn fresh_folder(name: &str) -> PathBuf {
    folder().join(format!("{name}_{}", unique()))
}

/// Removes what [`fresh_sqlite`] made.
pub fn remove_sqlite(file: &std::path::Path) {
    for suffix in ["", "-wal", "-shm"] {
        // Not all of them exist.
        let _ = fs::remove_file(format!("{}{suffix}", file.display()));
    }
}

fn server() -> String {
    env::var("TEST_DATABASE_URL").expect("tests on PostgreSQL need TEST_DATABASE_URL: run `cargo xtask test`, or `cargo xtask postgres -- cargo nextest run ...`")
}

/// Another database of the same server.
fn beside(url: &str, database: &str) -> String {
    let (server, _) = url.rsplit_once('/').unwrap();
    format!("{server}/{database}")
}

fn url_of(database: &str) -> String {
    beside(&server(), database)
}

async fn administer(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}

/// The URL of a migrated PostgreSQL database.
pub async fn fresh_postgres() -> String {
    let template = format!("lectern_template_{}", run_id());
    let name = format!("lectern_test_{}_{}", run_id(), unique());
    let admin = administer(&server()).await;
    admin.execute_unprepared("SELECT pg_advisory_lock(7411)").await.unwrap();
    let found = admin
        .query_one_raw(sea_orm::Statement::from_string(
            sea_orm::DbBackend::Postgres,
            format!("SELECT 1 FROM pg_database WHERE datname = '{template}'"),
        ))
        .await
        .unwrap();
    if found.is_none() {
        let draft = format!("{template}_draft");
        admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {draft}")).await.unwrap();
        admin.execute_unprepared(&format!("CREATE DATABASE {draft}")).await.unwrap();
        migrate(&DbConfig { url: url_of(&draft), max_connections: 1 }).await.unwrap();
        admin.execute_unprepared(&format!("ALTER DATABASE {draft} RENAME TO {template}")).await.unwrap();
    }
    admin.execute_unprepared("SELECT pg_advisory_unlock(7411)").await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await.unwrap();
    admin.close().await.unwrap();
    url_of(&name)
}

fn of_pair(variable: &str) -> String {
    env::var(variable).unwrap_or_else(|_| {
        panic!("this test needs {variable}: run `cargo xtask test`, or `cargo xtask postgres -- cargo nextest run ...`")
    })
}

/// The URL of a migrated PostgreSQL database that a standby follows, and that of its copy there. Not until it has come through.
pub async fn fresh_followed() -> (String, String) {
    let (followed, standby) = (of_pair("TEST_FOLLOWED_URL"), of_pair("TEST_STANDBY_URL"));
    let name = format!("lectern_followed_{}_{}", run_id(), unique());
    let admin = administer(&followed).await;
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    admin.close().await.unwrap();
    let (url, copy) = (beside(&followed, &name), beside(&standby, &name));
    migrate(&DbConfig { url: url.clone(), max_connections: 1 }).await.unwrap();
    (url, copy)
}

/// Says something to the standby, which then does it for all databases.
pub async fn tell_standby(sql: &str) {
    let standby = administer(&of_pair("TEST_STANDBY_URL")).await;
    standby.execute_unprepared(sql).await.unwrap();
    standby.close().await.unwrap();
}

/// Removes what [`fresh_postgres`] made.
pub async fn remove_postgres(url: &str) {
    let name = url.rsplit('/').next().unwrap();
    let admin = administer(&beside(url, "postgres")).await;
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    admin.close().await.unwrap();
}
