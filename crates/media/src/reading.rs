//! Batched reads: what loaders ask for.

use std::collections::HashMap;

use courses::place_of_section;
use kernel::{
    CaptionTrackId, CourseId, Live, MediaId, Page, PageRequest, Result, Scalar, SectionId, Sort, UploadId, UserId,
    Viewer, by_keys, counts_of, lists_of, pages_of,
};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder};

use crate::{
    CaptionTrackRow, MediaDetails, MediaRow, UploadRow, UploadStatus, caption_track, media_file, rows::PlacedFile,
    upload,
};

/// Files by id.
pub async fn files(db: &impl ConnectionTrait, viewer: &Viewer, ids: &[MediaId]) -> Result<HashMap<MediaId, MediaRow>> {
    by_keys(db, media_file::Entity::visible_to(viewer), media_file::Column::Id, ids, |row: &MediaRow| row.id).await
}

/// Where the bytes of a file are in the store, for the system; `None` when the file is gone.
pub async fn source_of(db: &impl ConnectionTrait, file: MediaId) -> Result<Option<String>> {
    let found = media_file::Entity::live().filter(media_file::Column::Id.eq(file)).one(db).await?;
    Ok(found.map(|file| file.storage_path))
}

/// The heavy columns of files.
pub async fn file_details(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[MediaId],
) -> Result<HashMap<MediaId, MediaDetails>> {
    by_keys(db, media_file::Entity::visible_to(viewer), media_file::Column::Id, ids, |row: &MediaDetails| row.id).await
}

/// The files of each section, in order.
pub async fn files_of_sections(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    sections: &[SectionId],
) -> Result<HashMap<SectionId, Vec<MediaRow>>> {
    use media_file::Column::{CreatedAt, Id, OrderIndex, SectionId as Section};
    let of = (Section, (|row| row.section_id.unwrap_or(SectionId(row.id.0))) as fn(&MediaRow) -> SectionId);
    lists_of(db, media_file::Entity::visible_to(viewer), of, sections, &[OrderIndex, CreatedAt, Id]).await
}

/// Captions by id.
pub async fn caption_tracks(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[CaptionTrackId],
) -> Result<HashMap<CaptionTrackId, CaptionTrackRow>> {
    let visible = caption_track::Entity::visible_to(viewer);
    by_keys(db, visible, caption_track::Column::Id, ids, |row: &CaptionTrackRow| row.id).await
}

/// The captions of each recording, in the order of their languages.
pub async fn captions_of_files(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    files: &[MediaId],
) -> Result<HashMap<MediaId, Vec<CaptionTrackRow>>> {
    use caption_track::Column::{Id, Language, MediaId as File};
    let of = (File, (|row| row.media_id) as fn(&CaptionTrackRow) -> MediaId);
    lists_of(db, caption_track::Entity::visible_to(viewer), of, files, &[Language, Id]).await
}

/// Uploads by id.
pub async fn uploads(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[UploadId],
) -> Result<HashMap<UploadId, UploadRow>> {
    by_keys(db, upload::Entity::visible_to(viewer), upload::Column::Id, ids, |row: &UploadRow| row.id).await
}

/// The viewer's uploads that are still under way, the latest first: as many as one may have.
pub async fn uploads_under_way(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Vec<UploadRow>> {
    use upload::Column::{CreatedAt, Id, Status};
    let living = Status.is_in([UploadStatus::Open, UploadStatus::Verifying]);
    let uploads = upload::Entity::visible_to(viewer).filter(living).order_by_desc(CreatedAt).order_by_desc(Id);
    Ok(uploads.into_partial_model().all(db).await?)
}

/// A picture that everybody may see. None when the file is none, or not (any more) for everybody.
pub async fn public_picture(db: &impl ConnectionTrait, id: MediaId) -> Result<Option<media_file::Model>> {
    use media_file::Column::{Id, IsPublic, PublicUrl};
    let pictures = media_file::Entity::live().filter(IsPublic.eq(true)).filter(PublicUrl.is_not_null());
    Ok(pictures.filter(Id.eq(id)).one(db).await?)
}

/// The files of courses, in the order in which they are taught.
pub async fn files_of_courses(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    courses: &[CourseId],
    request: &PageRequest,
) -> Result<HashMap<CourseId, Page<MediaRow>>> {
    let course = |row: &PlacedFile| row.file.course_id.unwrap_or(CourseId(row.file.id.0));
    let of = (media_file::Column::CourseId, course as fn(&PlacedFile) -> CourseId);
    let pages = pages_of(db, media_file::Entity::visible_to(viewer), of, courses, &curriculum(), request).await?;
    Ok(pages.into_iter().map(|(course, page)| (course, page.map(|row| row.file))).collect())
}

/// How many they have; courses without any are absent.
pub async fn count_files_of_courses(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    courses: &[CourseId],
) -> Result<HashMap<CourseId, i64>> {
    counts_of(db, media_file::Entity::visible_to(viewer), media_file::Column::CourseId, courses).await
}

fn curriculum() -> Sort<media_file::Entity, PlacedFile> {
    Sort::<_, PlacedFile>::ascending("curriculum")
        .by_number(place_of_section(media_file::Column::SectionId), |row| Scalar::Int(row.section_order.into()))
        .by(media_file::Column::OrderIndex, |row| Scalar::Int(row.file.order_index.into()))
        .by(media_file::Column::CreatedAt, |row| Scalar::Time(row.file.created_at))
        .by(media_file::Column::Id, |row| Scalar::Id(row.file.id.0))
}

fn newest() -> Sort<media_file::Entity, MediaRow> {
    Sort::<_, MediaRow>::descending("newest")
        .by(media_file::Column::CreatedAt, |row| Scalar::Time(row.created_at))
        .by(media_file::Column::Id, |row| Scalar::Id(row.id.0))
}

kernel::edges! {
    /// What people uploaded, newest first.
    files_of_users, count_files_of_users: MediaRow => UserId, media_file::Entity, UserId, |row| row.user_id, newest;
}
