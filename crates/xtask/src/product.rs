//! The product's binary.

use std::env;
use std::path::PathBuf;

use crate::{Outcome, shell};

/// Builds it, and answers where it is. With the features of the whole workspace, as tests are built: asked for by its own
/// package alone, half of what it stands on would be compiled once more.
pub fn build() -> Outcome<PathBuf> {
    shell::run(&mut shell::cargo(&["build", "--quiet", "--workspace", "--bin", "lectern"]))?;
    // Cargo puts the binary where it put us, whatever the target folder is called.
    let xtask = env::current_exe().map_err(|error| format!("this program does not find itself: {error}"))?;
    let binary = xtask.with_file_name("lectern");
    if shell::is_program(&binary) {
        return Ok(binary);
    }
    Err(format!("{} is missing, though cargo built it; call this by `cargo xtask`", binary.display()))
}
