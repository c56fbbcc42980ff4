use kernel::{Job, Live, MediaId, Result, Tx, allow};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, Set};
use serde::{Deserialize, Serialize};

use super::Made;
use crate::{
    ProcessingStatus,
    media_file::{ActiveModel, Column, Entity, Model},
    policy::Process,
};

/// Has everything made of a file that can be made of it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessMedia {
    pub media: MediaId,
}

impl Job for ProcessMedia {
    const KIND: &'static str = "process_media";
}

/// A file on which the workers were lost so often would be the next one's end, too.
const MAX_TRIES: u32 = 5;

/// Has the file processed after the commit. Asks for no permit: what wants it had one.
pub async fn process_later(tx: &mut Tx, media: MediaId) -> Result<()> {
    tx.enqueue(&ProcessMedia { media }).await?;
    Ok(())
}

/// Begins, or goes on where it was interrupted. Nothing when the file is gone, or has been processed to its end.
pub async fn begin(tx: &mut Tx, media: MediaId) -> Result<Option<(Model, Made)>> {
    let Some(file) = find(tx, media).await? else {
        return Ok(None);
    };
    if !matches!(file.processing_status, ProcessingStatus::Pending | ProcessingStatus::Processing) {
        return Ok(None);
    }
    let mut made = Made::read(&file.transcoding_data);
    made.tries += 1;
    if made.tries > MAX_TRIES {
        super::fail(tx, media, "It was interrupted too often. Try it again later.").await?;
        return Ok(None);
    }
    let permit = allow::<Process, _>(&tx.viewer, file)?;
    let file = tx
        .update(permit, |row: &mut ActiveModel| {
            row.processing_status = Set(ProcessingStatus::Processing);
            row.processing_error = Set(String::new());
            row.transcoding_data = Set(made.column());
        })
        .await?;
    Ok(Some((file, made)))
}

/// The file, locked, unless it was deleted.
pub(super) async fn find(tx: &Tx, media: MediaId) -> Result<Option<Model>> {
    Ok(Entity::live().filter(Column::Id.eq(media)).lock_exclusive().one(&tx.conn).await?)
}
