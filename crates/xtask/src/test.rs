mod options;

use std::env;
use std::path::PathBuf;

use crate::cluster::Cluster;
use crate::pair::Pair;
use crate::{Outcome, clients, debian, doctests, python, shell};
use options::Options;

/// Where the tests find PostgreSQL; each makes databases of its own there.
const VARIABLE: &str = "TEST_DATABASE_URL";

/// The program that the tests kill; without it they run, and kill, their own executable in its place.
const BINARY: &str = "LECTERN_BINARY";

/// Runs every test there is, and first gets what they need.
pub fn run(words: &[String]) -> Outcome {
    let options = Options::read(words)?;
    if options.sqlite_only {
        rust_tests(&options, None)?;
        eprintln!("Left out (--sqlite-only): the tests on PostgreSQL, and the clients in tests/clients.");
        return Ok(());
    }
    // What can't be had is said before the minutes of building, not after.
    let chromium = if options.no_clients { None } else { Some(clients::prepare()?) };
    with_postgres(&options)?;
    match chromium {
        Some(chromium) => clients::run(&chromium),
        None => {
            eprintln!("Left out (--no-clients): the clients in tests/clients.");
            Ok(())
        }
    }
}

/// The tests on both databases. The cluster is gone when this returns, whatever became of the tests.
fn with_postgres(options: &Options) -> Outcome {
    if env::var_os(VARIABLE).is_some_and(|url| !url.is_empty()) {
        eprintln!("Using the PostgreSQL that {VARIABLE} names.");
        return rust_tests(options, None);
    }
    let cluster = Cluster::start()?;
    rust_tests(options, Some(&cluster.url("postgres")))
}

/// Films and sounds are made and looked into by the real program.
fn ffmpeg() -> Outcome {
    match shell::find("ffmpeg").and(shell::find("ffprobe")) {
        Some(_) => Ok(()),
        None => debian::install("ffmpeg"),
    }
}

/// Builds the program itself: cargo gives a test only programs of its own package.
fn lectern() -> Outcome<PathBuf> {
    shell::run(&mut shell::cargo(&["build", "--workspace", "--bin", "lectern"]))?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| shell::root().join("target"), PathBuf::from);
    Ok(shell::root().join(target).join("debug/lectern"))
}

fn rust_tests(options: &Options, postgres: Option<&str>) -> Outcome {
    ffmpeg()?;
    let nextest = shell::find("cargo-nextest").is_some();
    let runner: &[&str] = if nextest { &["nextest", "run", "--workspace"] } else { &["test", "--workspace"] };
    let mut command = shell::cargo(runner);
    command.args(options.runner_words()).env(BINARY, lectern()?);
    for python in [python::SMTP, python::S3] {
        command.env(python.variable, python.prepare()?);
    }
    if let Some(url) = postgres {
        command.env(VARIABLE, url);
    }
    let pair = if options.sqlite_only { None } else { Some(Pair::start()?) };
    if let Some(pair) = &pair {
        pair.tell(&mut command);
    }
    shell::run(&mut command)?;
    // cargo-nextest leaves these out. Whoever passes words on asks for some tests only.
    if nextest && options.passed_on.is_empty() && doctests::exist()? {
        shell::run(&mut shell::cargo(&["test", "--workspace", "--doc"]))?;
    }
    Ok(())
}
