//! A course's files for a copy of the course: rows at once, bytes after the commit.

use std::collections::HashMap;

use courses::edit;
use kernel::{CaptionTrackId, CourseId, Error, Job, Live, MediaId, Permit, Result, SectionId, Tx, UserId, allow};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    ProcessingStatus, caption_track,
    media_file::{ActiveModel, Column, Entity, Model},
    policy::Process,
    processing::process_later,
    storage::keys,
    uploading::{UploadLimits, make_room},
};

/// Copies the bytes of a file, and of what was made of it, to a file of another course.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyFile {
    pub from: MediaId,
    pub to: MediaId,
    /// Which captions became which.
    pub captions: Vec<(CaptionTrackId, CaptionTrackId)>,
}

impl Job for CopyFile {
    const KIND: &'static str = "copy_file";
}

/// Gives a copied course files of its own: as the original's, in the sections that became the original's. They are
/// pending until their bytes are copied.
pub async fn copy_files(tx: &mut Tx, from: CourseId, to: CourseId, sections: &[(SectionId, SectionId)]) -> Result<()> {
    let permit = edit(tx, to).await?;
    let sections: HashMap<SectionId, SectionId> = sections.iter().copied().collect();
    let owner = permit.instructor_id;
    let files = Entity::live().filter(Column::CourseId.eq(from)).order_by_asc(Column::Id).all(&tx.conn).await?;
    for file in files {
        let (original, section) = (file.id, file.section_id.and_then(|section| sections.get(&section).copied()));
        let row = row(tx, file, owner, (to, section))?;
        let copy = tx.insert(&permit, row).await?.id;
        let captions = copy_captions(tx, &permit, original, copy).await?;
        tx.enqueue(&CopyFile { from: original, to: copy, captions }).await?;
    }
    Ok(())
}

/// Refuses a copy of a course whose files the viewer has no room for. Their account is locked until the transaction ends.
pub async fn make_room_for_copy(tx: &Tx, of: CourseId, limits: &UploadLimits) -> Result<()> {
    let owner = tx.viewer.actor().ok_or(Error::Unauthenticated)?;
    let sizes = Entity::live().filter(Column::CourseId.eq(of)).select_only().column(Column::FileSize);
    let sizes: Vec<i64> = sizes.into_tuple().all(&tx.conn).await?;
    make_room(tx, owner, (sizes.into_iter().fold(0, i64::saturating_add), "id"), limits).await
}

/// What is said of a file; where it can be found is its own.
fn row(tx: &mut Tx, file: Model, owner: UserId, place: (CourseId, Option<SectionId>)) -> Result<ActiveModel> {
    let id: MediaId = tx.new_id()?;
    Ok(ActiveModel {
        id: Set(id),
        user_id: Set(owner),
        course_id: Set(Some(place.0)),
        section_id: Set(place.1),
        file_name: Set(file.file_name),
        file_type: Set(file.file_type),
        mime_type: Set(file.mime_type),
        file_size: Set(file.file_size),
        storage_provider: Set(file.storage_provider),
        storage_path: Set(keys::source(id)),
        public_url: Set(None),
        duration: Set(file.duration),
        resolution: Set(file.resolution),
        video_codec: Set(file.video_codec),
        audio_codec: Set(file.audio_codec),
        bitrate: Set(file.bitrate),
        processing_status: Set(ProcessingStatus::Pending),
        processing_percent: Set(0),
        is_public: Set(file.is_public),
        is_downloadable: Set(file.is_downloadable),
        order_index: Set(file.order_index),
        metadata: Set(file.metadata),
        upload_metadata: Set(json!({})),
        version: Set(1),
        ..Default::default()
    })
}

async fn copy_captions<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    from: MediaId,
    to: MediaId,
) -> Result<Vec<(CaptionTrackId, CaptionTrackId)>> {
    use caption_track::Column::{Id, MediaId};
    let tracks = caption_track::Entity::live().filter(MediaId.eq(from)).order_by_asc(Id).all(&tx.conn).await?;
    let mut copied = vec![];
    for track in tracks {
        let row = caption_track::ActiveModel {
            id: Set(tx.new_id()?),
            media_id: Set(to),
            language: Set(track.language),
            label: Set(track.label),
            kind: Set(track.kind),
            is_default: Set(track.is_default),
            ..Default::default()
        };
        copied.push((track.id, tx.insert(permit, row).await?.id));
    }
    Ok(copied)
}

/// The original as it is now, and the copy; nothing when the copy is gone or has its bytes.
pub async fn copied(tx: &Tx, job: &CopyFile) -> Result<Option<(Option<Model>, Model)>> {
    let find = async |file: MediaId| Entity::live().filter(Column::Id.eq(file)).one(&tx.conn).await;
    let copy = find(job.to).await?.filter(|copy| copy.processing_status == ProcessingStatus::Pending);
    match copy {
        Some(copy) => Ok(Some((find(job.from).await?, copy))),
        None => Ok(None),
    }
}

/// The bytes are there: what was made of the original need not be made again; an original that was still being worked on
/// says nothing of what is to come, so that all is made anew.
pub async fn arrived(tx: &mut Tx, original: &Model, copy: Model) -> Result<()> {
    let id = copy.id;
    if original.processing_status != ProcessingStatus::Completed {
        return process_later(tx, id).await;
    }
    let permit = allow::<Process, _>(&tx.viewer, copy)?;
    let (made, remark) = (original.transcoding_data.clone(), original.processing_error.clone());
    tx.update(permit, |row: &mut ActiveModel| {
        row.transcoding_data = Set(made);
        row.processing_error = Set(remark);
        row.processing_status = Set(ProcessingStatus::Completed);
        row.processing_percent = Set(100);
    })
    .await?;
    Ok(())
}
