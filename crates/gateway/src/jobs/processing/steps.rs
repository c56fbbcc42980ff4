//! The steps, each left out when it is done already.

use std::path::{Path, PathBuf};

use kernel::Error;
use media::{
    FileType,
    processing::{Found, Picture, Probed, Step, Stream, Trouble, open_image, poster, probe, stream, write_variants},
};
use tokio::{sync::watch, task::spawn_blocking};

use super::workshop::{Stop, Workshop};

pub async fn all(work: &mut Workshop) -> Result<(), Stop> {
    match work.file.file_type {
        FileType::Image => picture(work).await,
        FileType::Video | FileType::Audio => recording(work).await,
        // They are read as they are.
        FileType::Document | FileType::Other => Ok(()),
    }
}

async fn picture(work: &mut Workshop) -> Result<(), Stop> {
    if work.made.has(Step::Pictured) {
        return Ok(());
    }
    let source = work.source().await?;
    let (width, height, pictures) = variants(source, work.path("")).await?;
    work.keep_pictures(&pictures).await?;
    work.note(Found::Image { width, height, pictures }, 95).await
}

/// What is asked of a recording once is asked again after an interruption: it takes a moment, and the rest needs it.
async fn recording(work: &mut Workshop) -> Result<(), Stop> {
    if work.made.has(Step::Streamed) {
        return Ok(());
    }
    if work.app.tools.ffprobe.is_none() {
        return Err(Stop::NoPrograms);
    }
    let source = work.source().await?;
    let probed = probe(&work.app.tools, &source).await?;
    if !work.made.has(Step::Probed) {
        work.note(Found::Recording(probed.clone()), 5).await?;
    }
    if probed.is_lost() {
        return Err(Trouble::Unreadable.into());
    }
    if probed.size.is_none() {
        return Ok(());
    }
    if work.app.tools.ffmpeg.is_none() {
        return Err(Stop::NoPrograms);
    }
    if !work.made.has(Step::Pictured) {
        take_poster(work, &source, &probed).await?;
    }
    make_stream(work, &source, &probed).await
}

/// A film that yields no picture is told so by the next step; it may be a single odd frame.
async fn take_poster(work: &mut Workshop, source: &Path, probed: &Probed) -> Result<(), Stop> {
    let frame = work.path("frame.png");
    let pictures = match poster(&work.app.tools, source, probed, &frame).await {
        Ok(()) => variants(frame, work.path("")).await?.2,
        Err(_) => vec![],
    };
    work.keep_pictures(&pictures).await?;
    work.note(Found::Poster(pictures), 10).await
}

async fn make_stream(work: &mut Workshop, source: &Path, probed: &Probed) -> Result<(), Stop> {
    let folder = work.path("stream");
    std::fs::create_dir_all(&folder).map_err(|error| Error::Internal(format!("no folder for a stream: {error}")))?;
    let tools = work.app.tools.clone();
    let (percent, mut told) = watch::channel(0);
    let making = stream(&tools, source, probed, &folder, percent);
    tokio::pin!(making);
    let ladder = loop {
        tokio::select! {
            done = &mut making => break done?,
            // From ten to ninety: the rest is bringing it into the store.
            Ok(()) = told.changed() => {
                let percent = *told.borrow_and_update();
                work.tell(10 + percent * 80 / 100).await?;
            }
        }
    };
    let heights = ladder.heights();
    work.keep_stream(&folder).await?;
    work.note(Found::Stream(Stream { heights }), 99).await
}

/// Decoding holds a whole picture and keeps a thread busy.
async fn variants(picture: PathBuf, folder: PathBuf) -> Result<(u32, u32, Vec<Picture>), Stop> {
    let work = spawn_blocking(move || {
        let image = open_image(&picture)?;
        Ok((image.width(), image.height(), write_variants(&image, &folder)?))
    });
    let done: Result<_, Trouble> =
        work.await.map_err(|error| Error::Internal(format!("a picture was lost: {error}")))?;
    Ok(done?)
}
