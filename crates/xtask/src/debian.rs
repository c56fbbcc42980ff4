//! What the tests need and the machine lacks, from Debian's packages.

use std::process::Command;

use crate::{Outcome, shell};

/// Installs one Debian package; who can't is told what to install.
pub fn install(package: &str) -> Outcome {
    if shell::find("apt-get").is_none() || !shell::is_root()? {
        return Err(format!(
            "this needs {package}, which is not on this machine, and only root on a Debian machine can have it \
             installed: install it by hand (on Debian: sudo apt-get install {package})"
        ));
    }
    shell::run(Command::new("apt-get").args(["update", "-qq"]))?;
    shell::run(
        Command::new("apt-get")
            .args(["install", "-qq", "--yes", "--no-install-recommends", package])
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )
}
