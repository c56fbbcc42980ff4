//! PostgreSQL's own programs: where they are, and as whom they run.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Outcome, debian, shell};

const NEEDED: [&str; 4] = ["initdb", "pg_ctl", "createdb", "pg_basebackup"];

/// PostgreSQL refuses root, so as root they run as this user, the one that Debian's package makes.
const USER: &str = "postgres";

pub struct Programs {
    folder: PathBuf,
    /// User and group to become, when we are root.
    become_user: Option<(u32, u32)>,
}

impl Programs {
    /// Finds PostgreSQL, or installs it.
    pub fn find_or_install() -> Outcome<Self> {
        let folder = match find() {
            Some(folder) => folder,
            None => {
                debian::install("postgresql")?;
                find().ok_or("Debian's postgresql is installed, yet there is no initdb in /usr/lib/postgresql")?
            }
        };
        let become_user = if shell::is_root()? { Some(user()?) } else { None };
        Ok(Self { folder, become_user })
    }

    /// The words that run one of them as the right user.
    pub fn words(&self, name: &str) -> Vec<OsString> {
        let mut words: Vec<OsString> = Vec::new();
        if let Some((user, group)) = self.become_user {
            words.push("setpriv".into());
            words.push(format!("--reuid={user}").into());
            words.push(format!("--regid={group}").into());
            words.push("--clear-groups".into());
        }
        words.push(self.folder.join(name).into());
        words
    }

    /// One of them, ready for its options.
    pub fn command(&self, name: &str) -> Command {
        let words = self.words(name);
        let (program, rest) = words.split_at(1);
        let mut command = Command::new(&program[0]);
        command.args(rest);
        command
    }

    /// Gives a folder to the user that the programs run as.
    pub fn give(&self, folder: &Path) -> Outcome {
        let Some((user, group)) = self.become_user else {
            return Ok(());
        };
        std::os::unix::fs::chown(folder, Some(user), Some(group))
            .map_err(|error| format!("{} can't be given to {USER}: {error}", folder.display()))
    }
}

/// The PATH comes first, so that one can choose a version; then Debian's folders, newest first.
fn find() -> Option<PathBuf> {
    // A link on the PATH leads to the folder that has the other programs too.
    let on_path = shell::find("initdb").and_then(|file| fs::canonicalize(file).ok());
    let on_path = on_path.as_deref().and_then(Path::parent).map(Path::to_path_buf);
    let complete = |folder: &PathBuf| NEEDED.iter().all(|name| shell::is_program(&folder.join(name)));
    on_path.into_iter().chain(debian_folders()).find(complete)
}

fn debian_folders() -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir("/usr/lib/postgresql") else {
        return Vec::new();
    };
    let version = |folder: &PathBuf| folder.file_name()?.to_str()?.parse::<u32>().ok();
    let mut folders: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    folders.sort_by_key(version);
    folders.iter().rev().map(|folder| folder.join("bin")).collect()
}

/// The numbers of the user and its group; the user is made if there is none.
fn user() -> Outcome<(u32, u32)> {
    let known = Command::new("id").args(["-u", USER]).output();
    if !known.is_ok_and(|output| output.status.success()) {
        shell::run(Command::new("useradd").args(["--system", "--user-group", "--no-create-home", USER]))?;
    }
    Ok((number("-u")?, number("-g")?))
}

fn number(which: &str) -> Outcome<u32> {
    let printed = shell::capture(Command::new("id").args([which, USER]))?;
    printed.trim().parse().map_err(|_| format!("`id {which} {USER}` printed no number"))
}
