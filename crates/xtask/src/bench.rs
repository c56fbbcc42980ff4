//! What requests cost: builds the programs, starts a PostgreSQL, calls the package `bench`.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::cluster::Cluster;
use crate::{Outcome, shell};

/// As one would run it: what is acknowledged is on the disk, and the data is in memory. Plans are told only when the bench asks
/// for them.
const SETTINGS: &str = "
shared_preload_libraries = 'pg_stat_statements,auto_explain'
auto_explain.log_min_duration = -1
auto_explain.log_analyze = on
auto_explain.log_buffers = on
auto_explain.log_timing = off
auto_explain.log_format = json
log_parameter_max_length = 0
logging_collector = on
log_destination = jsonlog
fsync = on
full_page_writes = on
synchronous_commit = on
shared_buffers = 512MB
max_wal_size = 4GB
";

const DATABASE: &str = "bench";

pub fn run(words: &[String]) -> Outcome {
    // Statements are as many whatever the compiler has made of the program.
    let is_quick = words.iter().any(|word| word == "--quick");
    let folder = build(is_quick)?;
    let cluster = Cluster::start_with(SETTINGS)?;
    cluster.create_database(DATABASE)?;
    shell::run(
        Command::new(folder.join("bench"))
            .args(words)
            .env("DATABASE_URL", cluster.url(DATABASE))
            .env("LECTERN_BINARY", folder.join("lectern"))
            .env("LIMIT_BINARY", folder.join("limit")),
    )
}

/// Where the programs are.
fn build(is_quick: bool) -> Outcome<PathBuf> {
    let mut command =
        shell::cargo(&["build", "--quiet", "--workspace", "--bin", "lectern", "--bin", "bench", "--bin", "limit"]);
    if !is_quick {
        command.arg("--release");
    }
    shell::run(&mut command)?;
    let xtask = env::current_exe().map_err(|error| format!("this program does not find itself: {error}"))?;
    let target = xtask.ancestors().nth(2).ok_or("this program is in no target folder; call it by `cargo xtask`")?;
    Ok(target.join(if is_quick { "debug" } else { "release" }))
}
