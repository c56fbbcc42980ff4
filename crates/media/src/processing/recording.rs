use kernel::{MediaId, Result, Tx, allow};
use sea_orm::Set;

use super::{Found, Made, Probed, beginning::find};
use crate::{ProcessingStatus, media_file::ActiveModel, policy::Process};

/// Notes a step that is done and what came of it, so that it is not done again. False when the file is gone.
pub async fn note_step(tx: &mut Tx, media: MediaId, found: Found, percent: i32) -> Result<bool> {
    change(tx, media, |made, row| {
        made.steps.push(found.step());
        match found {
            Found::Recording(probed) => describe(probed, row),
            Found::Image { width, height, pictures } => {
                row.resolution = Set(format!("{width}x{height}"));
                made.pictures = pictures;
            }
            Found::Poster(pictures) => made.pictures = pictures,
            Found::Stream(stream) => made.stream = Some(stream),
        }
        row.processing_percent = Set(percent.clamp(0, 100));
    })
    .await
}

/// Notes how far it is. False when the file is gone.
pub async fn note_percent(tx: &mut Tx, media: MediaId, percent: i32) -> Result<bool> {
    change(tx, media, |_, row| row.processing_percent = Set(percent.clamp(0, 100))).await
}

/// It is done. What could not be had, for want of a program, is said with it.
pub async fn complete(tx: &mut Tx, media: MediaId, remark: &str) -> Result<bool> {
    change(tx, media, |_, row| {
        row.processing_status = Set(ProcessingStatus::Completed);
        row.processing_percent = Set(100);
        row.processing_error = Set(remark.into());
    })
    .await
}

/// It did not work out, for this reason.
pub async fn fail(tx: &mut Tx, media: MediaId, reason: &str) -> Result<bool> {
    change(tx, media, |_, row| {
        row.processing_status = Set(ProcessingStatus::Failed);
        row.processing_error = Set(reason.into());
    })
    .await
}

fn describe(probed: Probed, row: &mut ActiveModel) {
    row.duration = Set(probed.seconds.map(|seconds| seconds.round() as i32));
    row.resolution = Set(probed.size.map(|(width, height)| format!("{width}x{height}")).unwrap_or_default());
    row.video_codec = Set(probed.video_codec.unwrap_or_default());
    row.audio_codec = Set(probed.audio_codec.unwrap_or_default());
    row.bitrate = Set(probed.bitrate);
}

async fn change(tx: &mut Tx, media: MediaId, change: impl FnOnce(&mut Made, &mut ActiveModel)) -> Result<bool> {
    let Some(file) = find(tx, media).await? else {
        return Ok(false);
    };
    let mut made = Made::read(&file.transcoding_data);
    let permit = allow::<Process, _>(&tx.viewer, file)?;
    tx.update(permit, |row: &mut ActiveModel| {
        change(&mut made, row);
        row.transcoding_data = Set(made.column());
    })
    .await?;
    Ok(true)
}
