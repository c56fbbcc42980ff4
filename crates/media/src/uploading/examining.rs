//! Is a file what it was announced to be? It is read once, a few bytes at a time.

use std::{ops::Range, path::Path};

use futures_util::TryStreamExt;
use kernel::{Error, Result};
use sha2::{Digest, Sha256};
use tokio::task::spawn_blocking;

use super::{
    forms::{Form, Kind},
    recordings, zips,
};
use crate::{
    Storage, UploadRow,
    processing::{Trouble, open_image},
};

/// How much of the beginning and of the end is looked at more closely.
const EDGE: usize = 64 << 10;

/// Why a file is refused. Each says it in a sentence for who uploaded it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    #[error("The file has another length than was announced.")]
    WrongSize,
    #[error("The file's SHA-256 is not the one that was announced: it was damaged on its way, or is another file.")]
    WrongHash,
    #[error("The file is not of the type that was announced.")]
    WrongType,
    #[error("The file is of two types at once: other programs would take it for something else.")]
    TwoInOne,
    #[error("The file ends before its time: a part of it is missing.")]
    Truncated,
    #[error("Something follows the end of the film or sound that does not belong to it.")]
    Trailing,
    #[error("The archive has too many entries: about 50,000 are taken.")]
    Crowded,
    #[error("The file is damaged, or too unusual to be read.")]
    Damaged,
    #[error("The archive unpacks to far more than it holds.")]
    Bomb,
    #[error("The archive has a name or a link in it that leads out of it.")]
    LeadsOut,
    #[error("{0}")]
    Picture(Trouble),
}

/// What somebody says of a file.
pub struct Announced {
    /// In bytes.
    pub size: i64,
    /// In lower-case hexadecimal.
    pub sha256: String,
    pub mime_type: String,
}

impl From<&UploadRow> for Announced {
    fn from(upload: &UploadRow) -> Self {
        Self { size: upload.file_size, sha256: upload.sha256.clone(), mime_type: upload.mime_type.clone() }
    }
}

/// Looks at what has arrived under this key. `scratch` is a file that may be written to.
pub async fn examine(
    storage: &Storage,
    key: &str,
    announced: &Announced,
    scratch: &Path,
) -> Result<Result<Kind, Flaw>> {
    let read = read_through(storage, key).await?;
    if i64::try_from(read.size) != Ok(announced.size) {
        return Ok(Err(Flaw::WrongSize));
    }
    if read.sha256 != announced.sha256 {
        return Ok(Err(Flaw::WrongHash));
    }
    let kind = Kind::announced(&announced.mime_type);
    let Some(kind) = kind.filter(|kind| Form::of(&read.head) == Some(kind.form)) else {
        return Ok(Err(Flaw::WrongType));
    };
    if kind.form.is_two_in_one(&read.head, &read.tail) {
        return Ok(Err(Flaw::TwoInOne));
    }
    let looked = match kind.form {
        Form::Zip => zips::check(storage, key, read.size, &read.tail).await?,
        Form::Mp4 => recordings::check(storage, key, read.size).await?,
        form if form.is_image() => {
            storage.fetch_to(key, scratch).await?;
            can_be_shown(scratch).await?
        }
        _ => Ok(()),
    };
    Ok(looked.map(|()| kind))
}

/// Decoding holds a whole picture and keeps a thread busy.
async fn can_be_shown(picture: &Path) -> Result<Result<(), Flaw>> {
    let picture = picture.to_path_buf();
    let opened = spawn_blocking(move || open_image(&picture).map(drop)).await;
    match opened.map_err(|error| Error::Internal(format!("a picture was lost: {error}")))? {
        // Ours, and may pass.
        Err(Trouble::NoRoom) => Err(Error::Internal("no room to look at a picture".into())),
        shown => Ok(shown.map_err(Flaw::Picture)),
    }
}

/// What is found out by reading a file once.
struct Read {
    size: u64,
    sha256: String,
    head: Vec<u8>,
    tail: Vec<u8>,
}

async fn read_through(storage: &Storage, key: &str) -> Result<Read> {
    let mut content = storage.read(key, None).await?;
    let (mut hash, mut size) = (Sha256::new(), 0);
    let (mut head, mut tail) = (Vec::with_capacity(EDGE), Vec::with_capacity(4 * EDGE));
    while let Some(bytes) = content.try_next().await? {
        hash.update(&bytes);
        size += bytes.len() as u64;
        let wanted = bytes.len().min(EDGE - head.len());
        head.extend_from_slice(&bytes[..wanted]);
        tail.extend_from_slice(&bytes);
        if tail.len() > 2 * EDGE {
            tail.drain(..tail.len() - EDGE);
        }
    }
    tail.drain(..tail.len().saturating_sub(EDGE));
    let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Read { size, sha256, head, tail })
}

/// A short range of a file.
pub(super) async fn read_all(storage: &Storage, key: &str, range: Range<u64>) -> Result<Vec<u8>> {
    let mut content = storage.read(key, Some(range)).await?;
    let mut all = vec![];
    while let Some(bytes) = content.try_next().await? {
        all.extend_from_slice(&bytes);
    }
    Ok(all)
}
