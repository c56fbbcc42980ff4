//! Files that come in parts: each is there whole or not at all, in any order, and again if need be.

use std::time::Duration;

use bytes::Bytes;
use futures_util::Stream;
use kernel::{Result, UploadId};

use super::{Place, Storage, folder, keys, location};

/// A part that has arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// From 1.
    pub number: u32,
    pub size: u64,
    /// What the store calls its content; empty in a folder.
    pub tag: String,
}

/// Where the parts of an upload are kept: until they are joined, and where they are then.
#[derive(Clone, Debug)]
pub struct Parts {
    pub upload: UploadId,
    /// Under which key the joined file is.
    pub key: String,
    /// What a bucket calls the upload.
    pub multipart: String,
}

/// Why a part was not taken.
#[derive(Debug)]
pub enum NotTaken {
    /// It has another length than it should have.
    WrongSize,
    /// It stopped before its end.
    CutOff,
    Failed(kernel::Error),
}

impl Storage {
    /// Makes ready for parts; answers what the store calls the upload.
    pub async fn begin_parts(&self, key: &str) -> Result<String> {
        match &self.0 {
            Place::Folder(_) => Ok(String::new()),
            Place::Bucket(bucket) => bucket.begin_parts(&location(key)?).await,
        }
    }

    /// Where a part is to be put. None for a folder: there our own server takes it.
    pub async fn part_url(&self, parts: &Parts, number: u32, lasts: Duration) -> Result<Option<String>> {
        match &self.0 {
            Place::Folder(_) => Ok(None),
            Place::Bucket(bucket) => {
                let about = (&*parts.multipart, number);
                Ok(Some(bucket.part_url(&location(&parts.key)?, about, lasts).await?))
            }
        }
    }

    /// Keeps a part of exactly this size as it comes. Only where [`Self::part_url`] has no address.
    pub async fn put_part(
        &self,
        upload: UploadId,
        (number, size): (u32, u64),
        content: impl Stream<Item = std::io::Result<Bytes>> + Send + Unpin,
    ) -> Result<(), NotTaken> {
        match &self.0 {
            Place::Folder(folder) => {
                let at = location(&keys::part(upload, number)).map_err(NotTaken::Failed)?;
                folder::parts::put(folder, &at, size, content).await
            }
            Place::Bucket(_) => Err(NotTaken::Failed(kernel::Error::NotFound)),
        }
    }

    /// The parts that are there, in their order.
    pub async fn parts(&self, parts: &Parts) -> Result<Vec<Part>> {
        match &self.0 {
            Place::Folder(folder) => folder::parts::list(folder, &location(&keys::upload(parts.upload))?).await,
            Place::Bucket(bucket) => bucket.parts(&location(&parts.key)?, &parts.multipart).await,
        }
    }

    /// Makes one file of the parts. When that has been done already, nothing happens.
    pub async fn join_parts(&self, parts: &Parts) -> Result<()> {
        match self.size(&parts.key).await {
            Ok(_) => return Ok(()),
            Err(kernel::Error::NotFound) => {}
            Err(error) => return Err(error),
        }
        let there = self.parts(parts).await?;
        match &self.0 {
            Place::Folder(folder) => {
                let of: Result<Vec<_>> =
                    there.iter().map(|part| location(&keys::part(parts.upload, part.number))).collect();
                folder::parts::join(folder, &of?, &location(&parts.key)?).await
            }
            Place::Bucket(bucket) => bucket.join(&location(&parts.key)?, &parts.multipart, there).await,
        }
    }

    /// Takes the parts away, joined or not; the joined file stays.
    pub async fn drop_parts(&self, parts: &Parts) -> Result<()> {
        match &self.0 {
            Place::Folder(folder) => folder.remove_folder(&location(&keys::upload(parts.upload))?).await,
            Place::Bucket(bucket) => bucket.abort(&location(&parts.key)?, &parts.multipart).await,
        }
    }
}
