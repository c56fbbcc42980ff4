use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use kernel::Error;
use media::{
    media_file,
    processing::{Derived, Found, Made, Picture, Trouble, note_percent, note_step},
};
use tempfile::TempDir;
use tokio::time::Instant;

use crate::app::App;

/// Why the work on a file ends before its end.
pub enum Stop {
    /// The file's own fault, or as good as that: trying again by itself is of no use.
    Trouble(Trouble),
    /// The server lacks what it takes.
    NoPrograms,
    /// Database or store: may pass.
    Failed(Error),
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// How often people are told how far it is: each time is a write.
const TELL_EVERY: Duration = Duration::from_secs(2);

/// A folder with the file in it, for as long as it is worked on. It is gone with this, however the work ends.
pub struct Workshop {
    pub app: Arc<App>,
    pub file: media_file::Model,
    pub made: Made,
    folder: TempDir,
    told: Instant,
}

impl Workshop {
    pub fn open(app: &Arc<App>, file: media_file::Model, made: Made) -> Result<Self, Stop> {
        let folder = tempfile::Builder::new().prefix("media-").tempdir_in(&app.scratch);
        let folder = folder.map_err(|error| Error::Internal(format!("no folder to work in: {error}")))?;
        Ok(Self { app: app.clone(), file, made, folder, told: Instant::now() })
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The file itself, fetched when it is first needed.
    pub async fn source(&self) -> Result<PathBuf, Stop> {
        let path = self.path("source");
        if !path.exists() {
            self.app.storage.fetch_to(&self.file.storage_path, &path).await?;
        }
        Ok(path)
    }

    /// Keeps pictures that were written into the folder.
    pub async fn keep_pictures(&self, pictures: &[Picture]) -> Result<(), Stop> {
        for picture in pictures {
            let path = self.path(&picture.file_name());
            self.app.storage.put_file(&Derived(self.file.id).picture(picture), &path).await?;
        }
        Ok(())
    }

    /// Keeps what is in a folder as files of the stream: the pieces first, so that no list names what is not there.
    pub async fn keep_stream(&self, folder: &Path) -> Result<(), Stop> {
        let mut files = files_below(folder).map_err(|error| Error::Internal(format!("a stream is lost: {error}")))?;
        files.sort_by_key(|name| name.ends_with(".m3u8"));
        for name in files {
            self.app.storage.put_file(&Derived(self.file.id).stream(&name), &folder.join(&name)).await?;
        }
        Ok(())
    }

    /// A step is done.
    pub async fn note(&self, found: Found, percent: i32) -> Result<(), Stop> {
        let media = self.file.id;
        still_there(self.app.write_as_system(async |tx| note_step(tx, media, found, percent).await).await?)
    }

    /// A step is under way.
    pub async fn tell(&mut self, percent: i32) -> Result<(), Stop> {
        if self.told.elapsed() < TELL_EVERY {
            return Ok(());
        }
        self.told = Instant::now();
        let media = self.file.id;
        still_there(self.app.write_as_system(async |tx| note_percent(tx, media, percent).await).await?)
    }
}

fn still_there(is_there: bool) -> Result<(), Stop> {
    if is_there { Ok(()) } else { Err(Trouble::Gone.into()) }
}

/// The names of the files in a folder and in its folders, as `0/index.m3u8`.
fn files_below(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = vec![];
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            names.extend(files_below(&entry.path())?.into_iter().map(|below| format!("{name}/{below}")));
        } else {
            names.push(name);
        }
    }
    Ok(names)
}
