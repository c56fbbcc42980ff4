//! The Pythons that the tests run servers in: each an environment of its own, with what its requirements ask for.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Outcome, debian, shell};

/// An environment: of which folder in `tests`, and by which variable the tests find its Python.
pub struct Python {
    name: &'static str,
    pub variable: &'static str,
}

/// With a mail server.
pub const SMTP: Python = Python { name: "smtp", variable: "TEST_SMTP_PYTHON" };
/// With a server that speaks S3.
pub const S3: Python = Python { name: "s3", variable: "TEST_S3_PYTHON" };
/// With what makes operations up from a schema.
pub const FUZZ: Python = Python { name: "fuzz", variable: "TEST_FUZZ_PYTHON" };

impl Python {
    /// Says where it is, in the last line that it prints.
    pub fn run(&self, words: &[String]) -> Outcome {
        if !words.is_empty() {
            return Err(format!("{} takes no words", self.name));
        }
        println!("{}", self.prepare()?.display());
        Ok(())
    }

    /// Finds it or makes it; one at a time.
    pub fn prepare(&self) -> Outcome<PathBuf> {
        let requirements = shell::root().join("tests").join(self.name).join("requirements.txt");
        let wanted =
            fs::read_to_string(&requirements).map_err(|error| format!("{}: {error}", requirements.display()))?;
        let folder = shell::cache(self.name);
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
