//! Makes of an uploaded file what can be made of it. Every step may be done twice: what it writes is the same again, and
//! what it has done is noted before the next begins.

mod steps;
mod workshop;

use std::sync::Arc;

use kernel::Result;
use media::{
    RemoveFile,
    captions::RemoveCaptions,
    processing::{Derived, ProcessMedia, Trouble, begin, complete, fail},
    storage::keys,
};

use crate::app::App;
use workshop::{Stop, Workshop};

/// What uploaders read where the server lacks the programs.
const NO_PROGRAMS: &str =
    "The server has no ffmpeg: nothing was found out about the file, and it is played as it was uploaded.";

pub async fn process(app: &Arc<App>, job: ProcessMedia) -> Result<()> {
    let Some((file, made)) = app.write_as_system(async |tx| begin(tx, job.media).await).await? else {
        return Ok(());
    };
    let media = file.id;
    let done = match Workshop::open(app, file, made) {
        Ok(mut workshop) => steps::all(&mut workshop).await,
        Err(stop) => Err(stop),
    };
    let is_there = match done {
        Ok(()) => app.write_as_system(async |tx| complete(tx, media, "").await).await?,
        Err(Stop::NoPrograms) => app.write_as_system(async |tx| complete(tx, media, NO_PROGRAMS).await).await?,
        Err(Stop::Trouble(Trouble::Gone)) => false,
        Err(Stop::Trouble(trouble)) => {
            app.write_as_system(async |tx| fail(tx, media, &trouble.to_string()).await).await?
        }
        Err(Stop::Failed(error)) => return Err(error),
    };
    if !is_there {
        // Deleted meanwhile, and perhaps before the last of it was made.
        app.storage.delete_prefix(&keys::media(media)).await?;
    }
    Ok(())
}

/// Takes all that a deleted file left out of the store.
pub async fn remove(app: &Arc<App>, job: RemoveFile) -> Result<()> {
    app.storage.delete_prefix(&keys::media(job.media)).await
}

/// Takes the words of deleted captions out of the store.
pub async fn remove_captions(app: &Arc<App>, job: RemoveCaptions) -> Result<()> {
    app.storage.delete(&Derived(job.media).captions(job.track)).await
}
