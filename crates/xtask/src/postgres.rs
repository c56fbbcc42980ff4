use std::process::Command;

use crate::cluster::Cluster;
use crate::pair::Pair;
use crate::{Outcome, shell};

/// Runs a command with a PostgreSQL of its own.
pub fn run(words: &[String]) -> Outcome {
    let command = words.strip_prefix(&["--".to_string()]).unwrap_or(words);
    let (program, rest) =
        command.split_first().ok_or("postgres needs a command: cargo xtask postgres -- COMMAND...")?;
    let cluster = Cluster::start()?;
    cluster.create_database("lectern")?;
    let pair = Pair::start()?;
    let mut called = Command::new(program);
    called.args(rest).env("DATABASE_URL", cluster.url("lectern")).env("TEST_DATABASE_URL", cluster.url("postgres"));
    pair.tell(&mut called);
    shell::run(&mut called)
}
