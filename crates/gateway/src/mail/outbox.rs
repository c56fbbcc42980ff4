use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use lettre::Message;
use tokio::task::spawn_blocking;

use super::{Failure, Letter};
use crate::private_folder::private_folder;

/// A folder of letters for whoever runs Lectern without a mail server: any mail program opens them.
pub struct Outbox {
    folder: PathBuf,
}

impl Outbox {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Writes the letter and logs its link: without a mail server there is nobody else to tell it to.
    pub async fn put(&self, letter: &Letter, message: Message, now: DateTime<Utc>) -> Result<(), Failure> {
        let (folder, name) = (self.folder.clone(), format!("{}-{}.eml", now.format("%Y%m%dT%H%M%S%6fZ"), letter.id));
        let file = folder.join(&name);
        let written = spawn_blocking(move || write(&folder, &name, &message.formatted())).await;
        let written = written.unwrap_or_else(|error| Err(io::Error::other(error)));
        let failed =
            |error| Failure::Transient(format!("the outbox {} can't be written: {error}", self.folder.display()));
        written.map_err(failed)?;
        let (template, file) = (&letter.template, file.display());
        match &letter.link {
            Some(link) => {
                tracing::info!(template, to = ?letter.to, %file, "a letter is in the outbox; its link: {link}")
            }
            None => tracing::info!(template, to = ?letter.to, %file, "a letter is in the outbox"),
        }
        Ok(())
    }
}

/// Whole or not at all, and for nobody else's eyes.
fn write(folder: &Path, name: &str, text: &[u8]) -> io::Result<()> {
    private_folder(folder)?;
    let draft = folder.join(format!(".{name}.draft"));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    file.write_all(text)?;
    file.sync_all()?;
    fs::rename(draft, folder.join(name))
}
