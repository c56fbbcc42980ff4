//! The temporary folder of a private PostgreSQL, and the guard that clears it away.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::Outcome;
use crate::programs::Programs;

/// The guard waits until its input ends, which is when we let go of it or die, then cleans up. It tries more than once:
/// when we died in the middle, initdb may still be writing, and has to notice first that its folder is gone.
const GUARD: &str = r#"
cat > /dev/null
folder=$1; shift
for try in 1 2 3 4 5 6 7 8 9 10; do
    "$@" > /dev/null 2>&1
    rm -rf -- "$folder" 2> /dev/null && exit 0
    sleep 0.5
done
exit 1
"#;

pub struct Scratch {
    folder: PathBuf,
    guard: Child,
}

impl Scratch {
    pub fn make(programs: &Programs) -> Outcome<Self> {
        let nanos = std::time::UNIX_EPOCH.elapsed().map_or(0, |age| age.subsec_nanos());
        let name = format!("lectern-postgres-{}-{nanos}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        // It must not be there yet: what the guard removes later has to be ours.
        DirBuilder::new()
            .mode(0o700)
            .create(&folder)
            .map_err(|error| format!("{} can't be made: {error}", folder.display()))?;
        let guard = start_guard(programs, &folder)?;
        // From here on a failure drops the guard's input, and with it the folder.
        let scratch = Self { folder, guard };
        programs.give(&scratch.folder)?;
        Ok(scratch)
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn data(&self) -> PathBuf {
        data(&self.folder)
    }

    pub fn log(&self) -> PathBuf {
        self.folder.join("log")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Waiting closes the guard's input first, and that is its sign.
        let cleared = self.guard.wait().is_ok_and(|status| status.success());
        if !cleared {
            eprintln!("xtask: {} could not be removed", self.folder.display());
        }
    }
}

fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}

/// Starts what will stop the server and remove the folder, whichever way we end: it is in a process group of its own,
/// so that Ctrl-C, which ends us without a word, does not end it.
fn start_guard(programs: &Programs, folder: &Path) -> Outcome<Child> {
    Command::new("sh")
        .args(["-c", GUARD, "guard"])
        .arg(folder)
        .args(programs.words("pg_ctl"))
        .args(["stop", "--mode=immediate", "--wait", "-D"])
        .arg(data(folder))
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .process_group(0)
        .spawn()
        .map_err(|error| format!("sh could not be started: {error}"))
}
