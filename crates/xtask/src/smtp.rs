//! The Python that the tests of mail run their server in: an environment of its own, with what tests/smtp asks for.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Outcome, debian, shell};

/// Where the tests find the Python.
pub const VARIABLE: &str = "TEST_SMTP_PYTHON";

/// Says where it is, in the last line that it prints.
pub fn run(words: &[String]) -> Outcome {
    if !words.is_empty() {
        return Err("smtp takes no words".into());
    }
    println!("{}", prepare()?.display());
    Ok(())
}

/// Finds it or makes it; one at a time.
pub fn prepare() -> Outcome<PathBuf> {
    let requirements = shell::root().join("tests/smtp/requirements.txt");
    let wanted = fs::read_to_string(&requirements).map_err(|error| format!("{}: {error}", requirements.display()))?;
    let folder = shell::cache("smtp");
    let failed = |error| format!("{} can't be made: {error}", folder.display());
    fs::create_dir_all(&folder).map_err(failed)?;
    let lock = File::create(folder.join("lock")).map_err(failed)?;
    lock.lock().map_err(failed)?;
    let (environment, done) = (folder.join("environment"), folder.join("done"));
    let python = environment.join("bin/python");
    if fs::read_to_string(&done).is_ok_and(|installed| installed == wanted) && shell::is_program(&python) {
        return Ok(python);
    }
    make(&environment, &requirements)?;
    // Written last: what was only begun is made anew.
    fs::write(done, wanted).map_err(failed)?;
    Ok(python)
}

fn make(environment: &Path, requirements: &Path) -> Outcome {
    if !can_make_environments() {
        debian::install("python3-venv")?;
    }
    shell::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(environment))?;
    let mut install = Command::new(environment.join("bin/python"));
    install.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "--requirement",
    ]);
    shell::run(install.arg(requirements))
}

/// Debian's Python comes without it, and says so only in the middle of the work.
fn can_make_environments() -> bool {
    let asked = Command::new("python3").args(["-c", "import ensurepip, venv"]).output();
    asked.is_ok_and(|answer| answer.status.success())
}
