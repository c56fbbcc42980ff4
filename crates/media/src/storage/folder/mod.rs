//! Files in a folder of this machine.

pub mod parts;

use std::{
    io,
    ops::Range,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use kernel::{Error, Result};
use object_store::{ObjectStore, local::LocalFileSystem, path::Path as Location};
use tokio::{fs, task::spawn_blocking};

use super::{
    Content,
    failing::{broken, failed},
};

/// How much is read at a time: a thousand who read at once should not need much.
const CHUNK: usize = 32 << 10;

/// How much is handed on at a time. For each connection that takes no more at the moment the HTTP library keeps up to sixteen
/// pieces, whatever their size.
const PIECE: usize = 4 << 10;

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
        let file = Arc::new(fs::File::open(self.path(location)?).await.map_err(unreadable)?.into_std().await);
        let Range { start, end } = range.unwrap_or(0..u64::MAX);
        let chunks = stream::try_unfold(start, move |at| {
            let file = file.clone();
            async move {
                let chunk = spawn_blocking(move || read_at(&file, at..end)).await.map_err(io::Error::other)??;
                let next = at + chunk.len() as u64;
                io::Result::Ok((!chunk.is_empty()).then_some((chunk, next)))
            }
        });
        Ok(chunks.map_ok(pieces).try_flatten().map_err(unreadable).boxed())
    }

    /// The folders that are left when everything in them is gone.
    pub async fn remove_folder(&self, location: &Location) -> Result<()> {
        match fs::remove_dir_all(self.path(location)?).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(broken("can't remove a folder", &error)),
            _ => Ok(()),
        }
    }
}

/// As much of it as is read at a time; nothing at the end.
fn read_at(file: &std::fs::File, range: Range<u64>) -> io::Result<Bytes> {
    let wanted = usize::try_from(range.end.saturating_sub(range.start)).unwrap_or(usize::MAX);
    let mut bytes = vec![0; wanted.min(CHUNK)];
    let length = file.read_at(&mut bytes, range.start)?;
    bytes.truncate(length);
    Ok(bytes.into())
}

fn pieces(mut chunk: Bytes) -> impl Stream<Item = io::Result<Bytes>> {
    stream::iter(std::iter::from_fn(move || {
        let length = chunk.len().min(PIECE);
        (length > 0).then(|| Ok(chunk.split_to(length)))
    }))
}
