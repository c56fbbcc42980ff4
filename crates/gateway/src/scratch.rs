use std::{
    fs::{self, File, TryLockError},
    io,
    ops::Deref,
    path::{Path, PathBuf},
};

use kernel::{Error, Result};

/// How the file is called that a process holds locked as long as it lives, beside its folder of the same name.
const HELD: &str = "lock";

/// A folder of this process for what is worked on, on the disk of the data: it can be larger than the memory that many
/// systems keep `/tmp` in. What processes have left that are no more goes when the next begins.
pub struct Scratch {
    folder: PathBuf,
    held: PathBuf,
    /// The lock ends with the process, however that ends.
    _lock: File,
}

impl Scratch {
    /// Below this folder of the data.
    pub fn open(data: &Path) -> Result<Self> {
        let all = data.join("scratch");
        begin(&all).map_err(|error| Error::Internal(format!("{} can't be worked in: {error}", all.display())))
    }
}

fn begin(all: &Path) -> io::Result<Scratch> {
    fs::create_dir_all(all)?;
    // One at a time: who has made a lock and does not hold it yet is nobody's prey.
    let turn = File::create(all.join("turn"))?;
    turn.lock()?;
    sweep(all)?;
    let folder = tempfile::Builder::new().prefix("process-").tempdir_in(all)?.keep();
    let held = folder.with_extension(HELD);
    let lock = File::create(&held)?;
    lock.lock()?;
    Ok(Scratch { folder, held, _lock: lock })
}

/// Removes every folder whose lock nobody holds, or that has none.
fn sweep(all: &Path) -> io::Result<()> {
    for entry in fs::read_dir(all)? {
        let path = entry?.path();
        if !path.is_dir() {
            continue;
        }
        let held = path.with_extension(HELD);
        let is_held = match File::open(&held) {
            Ok(lock) => matches!(lock.try_lock(), Err(TryLockError::WouldBlock)),
            Err(_) => false,
        };
        if !is_held {
            tracing::info!(folder = %path.display(), "what a process has left that is no more is removed");
            fs::remove_dir_all(&path)?;
            // A folder of an older version has none.
            let _ = fs::remove_file(&held);
        }
    }
    Ok(())
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What can't be removed goes when the next process begins.
        let _ = fs::remove_dir_all(&self.folder);
        let _ = fs::remove_file(&self.held);
    }
}

impl Deref for Scratch {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.folder
    }
}

impl AsRef<Path> for Scratch {
    fn as_ref(&self) -> &Path {
        &self.folder
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_dead_have_left_goes_and_what_the_living_have_stays() {
        let data = tempfile::tempdir().unwrap();
        let living = Scratch::open(data.path()).unwrap();
        fs::write(living.join("work"), "x").unwrap();
        let dead = data.path().join("scratch/process-dead");
        fs::create_dir(&dead).unwrap();
        fs::write(dead.join("film"), "x").unwrap();
        fs::write(dead.with_extension(HELD), "").unwrap();
        // As it was before processes had folders of their own.
        let old = data.path().join("scratch/media-old");
        fs::create_dir(&old).unwrap();
        let next = Scratch::open(data.path()).unwrap();
        assert!(!dead.exists() && !dead.with_extension(HELD).exists() && !old.exists());
        assert!(living.join("work").exists() && next.exists());
        let (folder, held) = (living.folder.clone(), living.held.clone());
        drop(living);
        assert!(!folder.exists() && !held.exists());
    }
}
