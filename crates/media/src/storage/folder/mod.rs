//! Files in a folder of this machine.

pub mod parts;

use std::{
    io::SeekFrom,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use futures_util::{StreamExt, TryStreamExt};
use kernel::{Error, Result};
use object_store::{ObjectStore, local::LocalFileSystem, path::Path as Location};
use tokio::{
    fs,
    io::{AsyncReadExt, AsyncSeekExt},
};
use tokio_util::io::ReaderStream;

use super::{
    Content,
    failing::{broken, failed},
};

/// How much is read at a time: a thousand who read at once should not need much.
const CHUNK: usize = 32 << 10;

#[derive(Debug)]
pub struct Folder {
    objects: Arc<LocalFileSystem>,
}

impl Folder {
    pub fn open(root: &Path) -> Result<Self> {
        std::fs::create_dir_all(root)
            .map_err(|error| Error::Internal(format!("{} can't be made: {error}", root.display())))?;
        // What was acknowledged survives a power cut, as in the database.
        let objects = LocalFileSystem::new_with_prefix(root).map_err(failed)?.with_fsync(true);
        Ok(Self { objects: Arc::new(objects) })
    }

    pub fn objects(&self) -> Arc<dyn ObjectStore> {
        self.objects.clone()
    }

    pub fn path(&self, location: &Location) -> Result<PathBuf> {
        self.objects.path_to_filesystem(location).map_err(failed)
    }

    pub async fn copy_to(&self, location: &Location, file: &Path) -> Result<()> {
        let copied = fs::copy(self.path(location)?, file).await;
        copied.map_err(|error| broken("can't copy a file", &error))?;
        Ok(())
    }

    /// The store's own way hands out 8 KiB at a time, each by a thread of its own.
    pub async fn read(&self, location: &Location, range: Option<Range<u64>>) -> Result<Content> {
        let unreadable = |error| broken("can't read a file", &error);
        let mut file = fs::File::open(self.path(location)?).await.map_err(unreadable)?;
        let Range { start, end } = range.unwrap_or(0..u64::MAX);
        if start > 0 {
            file.seek(SeekFrom::Start(start)).await.map_err(unreadable)?;
        }
        file.set_max_buf_size(CHUNK);
        let content = ReaderStream::with_capacity(file.take(end.saturating_sub(start)), CHUNK);
        Ok(content.map_err(move |error| broken("can't read a file", &error)).boxed())
    }

    /// The folders that are left when everything in them is gone.
    pub async fn remove_folder(&self, location: &Location) -> Result<()> {
        match fs::remove_dir_all(self.path(location)?).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(broken("can't remove a folder", &error)),
            _ => Ok(()),
        }
    }
}
