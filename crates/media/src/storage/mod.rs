//! Where the bytes of files are kept: a folder, or any store that speaks S3. What is kept has a key that we make, never a
//! name that somebody sent.

mod bucket;
mod failing;
mod folder;
mod handing;
pub mod keys;
mod parts;

use std::{ops::Range, path::Path, sync::Arc};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use kernel::Result;
use object_store::{ObjectStore, ObjectStoreExt, buffered::BufWriter, path::Path as Location};
use tokio::{
    fs::File,
    io::{AsyncWriteExt, BufReader, copy_buf},
};

use bucket::Bucket;
pub use bucket::{S3Settings, client};
use failing::{broken, failed};
use folder::Folder;
pub use handing::Handed;
pub use parts::{NotTaken, Part, Parts};

/// How much of a file is held in memory at a time while it is written.
const BUFFER: usize = 8 << 20;

/// The `storage_provider` of a file without bytes, as those of a made-up school are: it takes no room.
pub const NOWHERE: &str = "none";

/// The content of a file as it comes.
pub type Content = BoxStream<'static, Result<Bytes>>;

/// The place where files are kept. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Storage(Place);

#[derive(Clone, Debug)]
enum Place {
    Folder(Arc<Folder>),
    Bucket(Arc<Bucket>),
}

impl Storage {
    /// In this folder, which is made if need be.
    pub fn in_folder(root: &Path) -> Result<Self> {
        Ok(Self(Place::Folder(Arc::new(Folder::open(root)?))))
    }

    /// In a store that speaks S3.
    pub fn in_bucket(settings: &S3Settings) -> Result<Self> {
        Ok(Self(Place::Bucket(Arc::new(Bucket::open(settings)?))))
    }

    /// The kind of store, as `media_files.storage_provider` has it.
    pub fn provider(&self) -> &'static str {
        match &self.0 {
            Place::Folder(_) => "local",
            Place::Bucket(_) => "s3",
        }
    }

    /// Keeps a file under this key, in the place of what was there. Whoever reads meanwhile sees the old or the new, never
    /// a part.
    pub async fn put_file(&self, key: &str, file: &Path) -> Result<()> {
        let source = File::open(file).await.map_err(|error| broken("can't read what is to be kept", &error))?;
        let sink = BufWriter::with_capacity(self.objects(), location(key)?, BUFFER);
        let mut sink = sink.with_max_concurrency(2);
        let written = match copy_buf(&mut BufReader::with_capacity(256 << 10, source), &mut sink).await {
            Ok(_) => sink.shutdown().await,
            Err(error) => Err(error),
        };
        if let Err(error) = written {
            // What was begun takes room in some stores until it is given up.
            let _ = sink.abort().await;
            return Err(broken("can't keep a file", &error));
        }
        Ok(())
    }

    /// Keeps these few bytes under this key.
    pub async fn put(&self, key: &str, bytes: Bytes) -> Result<()> {
        self.objects().put(&location(key)?, bytes.into()).await.map_err(failed)?;
        Ok(())
    }

    /// Copies what is under this key into a file.
    pub async fn fetch_to(&self, key: &str, file: &Path) -> Result<()> {
        if let Place::Folder(folder) = &self.0 {
            return folder.copy_to(&location(key)?, file).await;
        }
        let mut content = self.read(key, None).await?;
        let unwritable = |error| broken("can't write what was fetched", &error);
        let mut target = File::create(file).await.map_err(unwritable)?;
        while let Some(bytes) = content.try_next().await? {
            target.write_all(&bytes).await.map_err(unwritable)?;
        }
        target.flush().await.map_err(unwritable)
    }

    /// What is under this key, or these bytes of it, as it is read: a few at a time.
    pub async fn read(&self, key: &str, range: Option<Range<u64>>) -> Result<Content> {
        match &self.0 {
            Place::Folder(folder) => folder.read(&location(key)?, range).await,
            Place::Bucket(bucket) => bucket.read(&location(key)?, range).await,
        }
    }

    /// Keeps under `to` what is under `from` as well, in the place of what was there. False when there is nothing.
    pub async fn copy(&self, from: &str, to: &str) -> Result<bool> {
        match self.objects().copy(&location(from)?, &location(to)?).await {
            Ok(()) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(failed(error)),
        }
    }

    /// Keeps everything whose key is `from`, a slash and more under `to`, a slash and the same.
    pub async fn copy_prefix(&self, from: &str, to: &str) -> Result<()> {
        let (objects, prefix) = (self.objects(), location(from)?);
        let mut found = objects.list(Some(&prefix));
        while let Some(object) = found.try_next().await.map_err(failed)? {
            let rest = object.location.as_ref().strip_prefix(prefix.as_ref()).unwrap_or_default();
            let target = location(&format!("{to}/{}", rest.trim_start_matches('/')))?;
            objects.copy(&object.location, &target).await.map_err(failed)?;
        }
        Ok(())
    }

    /// How many bytes are under this key.
    pub async fn size(&self, key: &str) -> Result<u64> {
        Ok(self.objects().head(&location(key)?).await.map_err(failed)?.size)
    }

    /// Takes away what is under this key. That it is not there is as good.
    pub async fn delete(&self, key: &str) -> Result<()> {
        match self.objects().delete(&location(key)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }

    /// Takes away everything whose key is `prefix`, a slash and more.
    pub async fn delete_prefix(&self, prefix: &str) -> Result<()> {
        let found = self.objects().list(Some(&location(prefix)?));
        let keys = found.map_ok(|object| object.location).boxed();
        let deleted = self.objects().delete_stream(keys).filter(|gone| {
            // Somebody else was faster.
            let is_gone = matches!(gone, Err(object_store::Error::NotFound { .. }));
            std::future::ready(!is_gone)
        });
        deleted.try_for_each(|_| std::future::ready(Ok(()))).await.map_err(failed)?;
        match &self.0 {
            Place::Folder(folder) => folder.remove_folder(&location(prefix)?).await,
            Place::Bucket(_) => Ok(()),
        }
    }

    /// The keys of everything that is kept.
    pub fn keys(&self) -> BoxStream<'static, Result<String>> {
        self.objects().list(None).map_ok(|object| object.location.to_string()).map_err(failed).boxed()
    }

    fn objects(&self) -> Arc<dyn ObjectStore> {
        match &self.0 {
            Place::Folder(folder) => folder.objects(),
            Place::Bucket(bucket) => bucket.objects(),
        }
    }
}

/// A key as the stores know it. Keys are ours: one that leads out of its place is a mistake here, and goes nowhere.
fn location(key: &str) -> Result<Location> {
    let parsed = Location::parse(key).ok().filter(|location| !location.as_ref().is_empty());
    parsed.ok_or_else(|| kernel::Error::Internal(format!("not a key of the storage: {key:?}")))
}

#[cfg(test)]
mod tests;
