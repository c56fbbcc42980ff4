use std::path::Path;

use accounts::{SecretKey, two_factor};
use kernel::{Db, DbConfig, SystemWorld, World};
use migration::{Migrator, MigratorTrait};
use sea_orm::DbBackend;

use super::Report;
use crate::{
    commands::{Failure, with_replica},
    config::Serve,
    private_folder::private_folder,
    school::School,
    secret_key::{ENCRYPTING, KeySource, SIGNING},
};

/// The folder, the keys, the database, and whether they belong together.
pub async fn check(report: &mut Report, options: &Serve) {
    let folder = &options.database.data_dir;
    report.add("data folder", is_writable(folder).map(|()| format!("{} can be written", folder.display())));
    let secret = key(report, "secret key", &ENCRYPTING, options.secret_key.as_deref(), options);
    let signing = key(report, "signing key", &SIGNING, options.signing.signing_key.as_deref(), options);
    if let (Some(signing), Ok(school)) = (signing, School::new("Lectern", "http://localhost")) {
        let retired = school.signing(&signing, &options.signing.retired_signing_keys).map(|_| "can be read");
        report.add("retired keys", retired.map_err(|error| format!("LECTERN_RETIRED_SIGNING_KEYS: {error}")));
    }
    report.add("database", database(options, secret.as_ref()).await);
    if let Some(replica) = options.database.replica() {
        let found = replica_of(options, &replica).await;
        report.add("replica", found.map_err(|error| error.replace(&replica.url, "DATABASE_REPLICA_URL")));
    }
}

/// Makes the folder, as `serve` would, and puts something into it.
fn is_writable(folder: &Path) -> Result<(), String> {
    let wrong = |error| format!("LECTERN_DATA_DIR: {} can't be written: {error}", folder.display());
    private_folder(folder).map_err(wrong)?;
    tempfile::NamedTempFile::new_in(folder).map(drop).map_err(wrong)
}

fn key(
    report: &mut Report,
    what: &'static str,
    source: &KeySource,
    given: Option<&str>,
    options: &Serve,
) -> Option<SecretKey> {
    let found = source.find(given, &options.database.data_dir);
    let says = |found: &Option<SecretKey>| match (found, given.is_some_and(|given| !given.is_empty())) {
        (Some(_), true) => "is set",
        (Some(_), false) => "is in the data folder; several nodes would need the same",
        (None, _) => "will be made at the first start; several nodes would need the same",
    };
    let key = found.as_ref().ok().cloned().flatten();
    report.add(what, found.as_ref().map(says));
    key
}

async fn database(options: &Serve, secret: Option<&SecretKey>) -> Result<String, String> {
    let file = options.database.data_dir.join("lectern.db");
    if options.database.given_url().is_none() && !file.exists() {
        return Ok("SQLite, made at the first start".into());
    }
    let config = options.database.config();
    // The address can hold a password.
    let told = |error: &dyn std::fmt::Display| error.to_string().replace(&config.url, "DATABASE_URL");
    let db = Db::connect(&config).await;
    let db = db.map_err(|error| format!("DATABASE_URL: the database can't be reached: {}", told(&error)))?;
    let looked_at = looked_at(&db, secret).await.map_err(|error| told(&error));
    // What was found is what counts.
    let _ = db.close().await;
    looked_at
}

/// Does it follow the database?
async fn replica_of(options: &Serve, replica: &DbConfig) -> Result<String, String> {
    let told = |error: kernel::Error| format!("DATABASE_REPLICA_URL: {error}");
    let db = Db::connect(&options.database.config()).await.map_err(|_| "the database can't be reached".to_string())?;
    let db = with_replica(db, replica).await?;
    let now = SystemWorld.now();
    let looked = match db.replica() {
        Some(replica) => replica.look(&db, now).await.map(|()| replica.behind(now).is_some()),
        None => Ok(false),
    };
    let _ = db.close().await;
    Ok(match looked.map_err(told)? {
        true => "follows the database, and has all of it".into(),
        false => "follows the database, and is behind at the moment".into(),
    })
}

async fn looked_at(db: &Db, secret: Option<&SecretKey>) -> Result<String, Failure> {
    let name = if db.backend() == DbBackend::Postgres { "PostgreSQL" } else { "SQLite" };
    let pending = Migrator::get_pending_migrations(db.read()).await;
    let pending = pending.map_err(|error| format!("the database is not one of this version: {error}"))?.len();
    if pending > 0 {
        return Ok(format!("{name} answers; the next start brings {pending} migrations"));
    }
    if let Some(secret) = secret {
        let opened = two_factor::check_key(db, secret).await;
        opened.map_err(|_| "LECTERN_SECRET_KEY does not open what is encrypted in the database")?;
    }
    Ok(format!("{name} answers and is up to date"))
}
