//! The tests in tests/clients: other people's GraphQL clients and a browser, against the real binary.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Outcome, debian, product, shell};

/// Finds or installs what they need; answers where Chromium is.
pub fn prepare() -> Outcome<PathBuf> {
    if shell::find("npm").is_none() {
        return Err("the client tests need Node.js 20 or newer with npm, and there is no npm on the PATH; \
                    `--no-clients` leaves them out"
            .into());
    }
    if let Some(named) = env::var_os("CHROMIUM").filter(|name| !name.is_empty()) {
        return Ok(named.into());
    }
    if let Some(found) = find_chromium() {
        return Ok(found);
    }
    debian::install("chromium")?;
    find_chromium().ok_or_else(|| "Debian's chromium is installed, yet not on the PATH".into())
}

pub fn run(chromium: &Path) -> Outcome {
    let lectern = product::build()?;
    let folder = shell::root().join("tests/clients");
    shell::run(npm(&folder).args(["ci", "--no-audit", "--no-fund"]))?;
    shell::run(npm(&folder).arg("test").env("LECTERN_BIN", lectern).env("CHROMIUM", chromium))
}

fn npm(folder: &Path) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(folder);
    command
}

fn find_chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser"].into_iter().find_map(shell::find)
}
