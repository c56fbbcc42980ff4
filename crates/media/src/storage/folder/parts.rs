//! Parts in a folder of their own. What is not whole has a name that is no number, and is nobody's.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use kernel::{Error, Result};
use object_store::path::Path as Location;
use tokio::{
    fs::{self, File},
    io::{AsyncWriteExt, BufReader, BufWriter, copy_buf},
};

use super::{
    super::{
        failing::broken,
        parts::{NotTaken, Part},
    },
    Folder,
};

/// How much is written at a time.
const BUFFER: usize = 256 << 10;

/// Writes a part aside and gives it its name when it is whole.
pub async fn put(
    folder: &Folder,
    at: &Location,
    size: u64,
    content: impl Stream<Item = std::io::Result<Bytes>> + Send + Unpin,
) -> Result<(), NotTaken> {
    let part = folder.path(at).map_err(NotTaken::Failed)?;
    let parent = part.parent().ok_or_else(|| NotTaken::Failed(Error::Internal("a part without a folder".into())))?;
    fs::create_dir_all(parent).await.map_err(unwritable)?;
    // Gone by itself when the one who sends is, too.
    let draft = tempfile::Builder::new().prefix("draft-").tempfile_in(parent).map_err(unwritable)?;
    let file = File::from_std(draft.reopen().map_err(unwritable)?);
    write(file, size, content).await?;
    draft.persist(&part).map_err(|error| unwritable(error.error))?;
    sync_folder(parent).await.map_err(unwritable)
}

async fn write(
    file: File,
    size: u64,
    mut content: impl Stream<Item = std::io::Result<Bytes>> + Send + Unpin,
) -> Result<(), NotTaken> {
    let mut file = BufWriter::with_capacity(BUFFER, file);
    let mut left = size;
    while let Some(bytes) = content.next().await {
        let bytes = bytes.map_err(|_| NotTaken::CutOff)?;
        left = left.checked_sub(bytes.len() as u64).ok_or(NotTaken::WrongSize)?;
        file.write_all(&bytes).await.map_err(unwritable)?;
    }
    if left > 0 {
        return Err(NotTaken::WrongSize);
    }
    file.flush().await.map_err(unwritable)?;
    file.into_inner().sync_all().await.map_err(unwritable)
}

/// The parts of an upload, in their order.
pub async fn list(folder: &Folder, at: &Location) -> Result<Vec<Part>> {
    let mut parts = vec![];
    let mut entries = match fs::read_dir(folder.path(at)?).await {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(parts),
        Err(error) => return Err(broken("can't list the parts of an upload", &error)),
    };
    let unreadable = |error| broken("can't list the parts of an upload", &error);
    while let Some(entry) = entries.next_entry().await.map_err(unreadable)? {
        let Some(number) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        parts.push(Part { number, size: entry.metadata().await.map_err(unreadable)?.len(), tag: String::new() });
    }
    parts.sort_by_key(|part| part.number);
    Ok(parts)
}

/// Writes the parts one after the other into a file, which gets its name when it is whole.
pub async fn join(folder: &Folder, parts: &[Location], into: &Location) -> Result<()> {
    let target = folder.path(into)?;
    let of = parts.iter().map(|part| folder.path(part)).collect::<Result<Vec<_>>>()?;
    join_files(&of, &target).await.map_err(|error| broken("can't join the parts of an upload", &error))
}

async fn join_files(parts: &[PathBuf], target: &Path) -> std::io::Result<()> {
    let parent = target.parent().ok_or(std::io::ErrorKind::InvalidInput)?;
    fs::create_dir_all(parent).await?;
    let draft = tempfile::Builder::new().prefix("draft-").tempfile_in(parent)?;
    let mut file = File::from_std(draft.reopen()?);
    file.set_max_buf_size(BUFFER);
    for part in parts {
        copy_buf(&mut BufReader::with_capacity(BUFFER, File::open(part).await?), &mut file).await?;
    }
    file.flush().await?;
    file.sync_all().await?;
    draft.persist(target).map_err(|error| error.error)?;
    sync_folder(parent).await
}

/// That a file has its name is written down in its folder.
async fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder).await?.sync_all().await
}

fn unwritable(error: std::io::Error) -> NotTaken {
    NotTaken::Failed(Error::Internal(format!("can't write a part of an upload: {error}")))
}
