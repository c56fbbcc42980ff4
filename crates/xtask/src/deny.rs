use std::path::PathBuf;
use std::process::Command;

use crate::{Outcome, shell};

const VERSION: &str = "0.20.2";

/// Checks what we depend on. deny.toml says why the advisories are not among the checks.
pub fn run(words: &[String]) -> Outcome {
    if !words.is_empty() {
        return Err("deny takes no words".into());
    }
    let program = match find() {
        Some(program) => program,
        None => install()?,
    };
    // The graph under every doubled crate would be thousands of lines; `cargo tree -i CRATE` shows the one that matters.
    let mut check = Command::new(program);
    check.args(["--workspace", "check", "--hide-inclusion-graph"]);
    check.args(["bans", "licenses", "sources"]);
    shell::run(check.current_dir(shell::root()))
}

fn find() -> Option<PathBuf> {
    let ours = folder().join("bin/cargo-deny");
    shell::find("cargo-deny").or_else(|| shell::is_program(&ours).then_some(ours))
}

fn folder() -> PathBuf {
    shell::cache(&format!("cargo-deny-{VERSION}"))
}

/// Unoptimised and without debug information: it takes a second to run and under two minutes to build.
fn install() -> Outcome<PathBuf> {
    let folder = folder();
    let mut install = shell::cargo(&["install", "cargo-deny", "--version", VERSION, "--locked", "--debug", "--root"]);
    install.arg(&folder);
    install.env("CARGO_PROFILE_DEV_DEBUG", "false");
    // Without a target folder cargo builds in a temporary one, which it removes.
    install.env_remove("CARGO_TARGET_DIR");
    shell::run(&mut install)?;
    find().ok_or_else(|| format!("cargo-deny is installed, yet not in {}", folder.display()))
}
