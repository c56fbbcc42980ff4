//! What is read of a table at a time: lists carry no heavy columns, and where a file is stored is never shown.

use courses::place_of_section;
use kernel::{CaptionTrackId, CourseId, InOrder, MediaId, SectionId, UploadId, UserId};
use sea_orm::{
    DerivePartialModel,
    prelude::{DateTimeUtc, Json},
};

use crate::{CaptionKind, FileType, ProcessingStatus, UploadPurpose, UploadStatus, caption_track, media_file, upload};

/// A file as lists show it.
#[derive(Clone, Debug, DerivePartialModel, InOrder)]
#[sea_orm(entity = "media_file::Entity", from_query_result = "false")]
pub struct MediaRow {
    pub id: MediaId,
    /// Who uploaded it.
    pub user_id: UserId,
    pub course_id: Option<CourseId>,
    pub section_id: Option<SectionId>,
    pub file_name: String,
    pub file_type: FileType,
    pub mime_type: String,
    /// In bytes.
    pub file_size: i64,
    /// In seconds.
    pub duration: Option<i32>,
    pub processing_status: ProcessingStatus,
    /// Out of 100.
    pub processing_percent: i32,
    pub is_public: bool,
    pub is_downloadable: bool,
    pub order_index: i32,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// A file among all of its course.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "media_file::Entity")]
pub(crate) struct PlacedFile {
    #[sea_orm(nested)]
    pub file: MediaRow,
    /// Where its section stands in the course; -1 when it belongs to none.
    #[sea_orm(from_expr = "place_of_section(media_file::Column::SectionId)")]
    pub section_order: i32,
}

/// Captions, without their words.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "caption_track::Entity")]
pub struct CaptionTrackRow {
    pub id: CaptionTrackId,
    pub media_id: MediaId,
    pub language: String,
    pub label: String,
    pub kind: CaptionKind,
    pub is_default: bool,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl From<caption_track::Model> for CaptionTrackRow {
    fn from(row: caption_track::Model) -> Self {
        Self {
            id: row.id,
            media_id: row.media_id,
            language: row.language,
            label: row.label,
            kind: row.kind,
            is_default: row.is_default,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// The heavy and the rarely wanted columns of a file, read when a query asks for one of them.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "media_file::Entity")]
pub struct MediaDetails {
    pub id: MediaId,
    pub user_id: UserId,
    pub course_id: Option<CourseId>,
    pub resolution: String,
    pub video_codec: String,
    pub audio_codec: String,
    /// In bits per second.
    pub bitrate: Option<i32>,
    pub storage_provider: String,
    /// Only public files have one.
    pub public_url: Option<String>,
    pub thumbnail_url: String,
    pub processing_error: String,
    pub transcoding_data: Json,
    pub metadata: Json,
    pub upload_metadata: Json,
    pub created_by: Option<UserId>,
    pub updated_by: Option<UserId>,
}

impl From<media_file::Model> for MediaRow {
    fn from(row: media_file::Model) -> Self {
        Self {
            id: row.id,
            user_id: row.user_id,
            course_id: row.course_id,
            section_id: row.section_id,
            file_name: row.file_name,
            file_type: row.file_type,
            mime_type: row.mime_type,
            file_size: row.file_size,
            duration: row.duration,
            processing_status: row.processing_status,
            processing_percent: row.processing_percent,
            is_public: row.is_public,
            is_downloadable: row.is_downloadable,
            order_index: row.order_index,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// A file on its way in.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "upload::Entity")]
pub struct UploadRow {
    pub id: UploadId,
    pub user_id: UserId,
    pub course_id: Option<CourseId>,
    pub media_id: Option<MediaId>,
    pub purpose: UploadPurpose,
    pub file_name: String,
    pub mime_type: String,
    /// In bytes.
    pub file_size: i64,
    pub sha256: String,
    /// In bytes.
    pub part_size: i64,
    pub status: UploadStatus,
    pub reason: String,
    /// What the store calls it; shown to nobody.
    pub multipart: String,
    pub expires_at: DateTimeUtc,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl From<upload::Model> for UploadRow {
    fn from(row: upload::Model) -> Self {
        Self {
            id: row.id,
            user_id: row.user_id,
            course_id: row.course_id,
            media_id: row.media_id,
            purpose: row.purpose,
            file_name: row.file_name,
            mime_type: row.mime_type,
            file_size: row.file_size,
            sha256: row.sha256,
            part_size: row.part_size,
            status: row.status,
            reason: row.reason,
            multipart: row.multipart,
            expires_at: row.expires_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}
