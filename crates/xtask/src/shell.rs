//! Running other programs, and saying plainly what went wrong.

use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Outcome;

/// The root of the repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// A folder for a tool that we install: in the user's cache, so that a fresh clone does not build it again.
pub fn cache(tool: &str) -> PathBuf {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache")));
    cache.unwrap_or_else(|| root().join("target")).join("lectern-tools").join(tool)
}

/// The cargo that called us, so that its children use the same toolchain.
pub fn cargo(words: &[&str]) -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.args(words).current_dir(root());
    // What cargo tells us about ourselves would pass for a change to the build scripts that look at it.
    let ours = env::vars_os().map(|(name, _)| name).filter(|name| is_about_us(&name.to_string_lossy()));
    ours.for_each(|name| {
        command.env_remove(name);
    });
    command
}

fn is_about_us(variable: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| variable.starts_with(start))
}

/// Runs a program in the open: its output is the caller's.
pub fn run(command: &mut Command) -> Outcome {
    let name = show(command);
    eprintln!("$ {name}");
    let status = command.status().map_err(|error| format!("`{name}` could not be started: {error}"))?;
    if status.success() {
        return Ok(());
    }
    Err(format!("`{name}` failed ({status})"))
}

/// Runs a program and takes what it prints; its complaints still reach the caller.
pub fn capture(command: &mut Command) -> Outcome<String> {
    let name = show(command);
    let output =
        command.stderr(Stdio::inherit()).output().map_err(|error| format!("`{name}` could not be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("`{name}` failed ({})", output.status));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("`{name}` printed something other than UTF-8"))
}

/// The first program of that name on the PATH.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| is_program(file))
}

pub fn is_program(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

pub fn is_root() -> Outcome<bool> {
    Ok(capture(Command::new("id").arg("-u"))?.trim() == "0")
}

/// The command as one would type it, with programs by their names and not their paths.
pub fn show(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(command.get_program());
    let mut words = vec![name.to_string_lossy()];
    words.extend(command.get_args().map(|word| word.to_string_lossy()));
    words.join(" ")
}
