use kernel::{CourseId, MediaId, SectionId, UserId};
use sea_orm::entity::prelude::*;

/// An uploaded file.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "media_files")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
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
    pub storage_provider: String,
    #[sea_orm(column_type = "Text")]
    pub storage_path: String,
    /// Only public files have one; the others get a signed URL per request.
    pub public_url: Option<String>,
    pub thumbnail_url: String,
    /// In seconds.
    pub duration: Option<i32>,
    pub resolution: String,
    pub video_codec: String,
    pub audio_codec: String,
    pub bitrate: Option<i32>,
    pub processing_status: ProcessingStatus,
    /// How much of the processing is done, out of 100.
    pub processing_percent: i32,
    #[sea_orm(column_type = "Text")]
    pub processing_error: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub transcoding_data: Json,
    pub is_public: bool,
    pub is_downloadable: bool,
    pub order_index: i32,
    #[sea_orm(column_type = "JsonBinary")]
    pub metadata: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub upload_metadata: Json,
    /// Counts edits, so that one author does not overwrite another's unseen.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum FileType {
    #[sea_orm(string_value = "video")]
    Video,
    #[sea_orm(string_value = "document")]
    Document,
    #[sea_orm(string_value = "image")]
    Image,
    #[sea_orm(string_value = "audio")]
    Audio,
    #[sea_orm(string_value = "other")]
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum ProcessingStatus {
    #[sea_orm(string_value = "pending")]
    Pending,
    #[sea_orm(string_value = "processing")]
    Processing,
    #[sea_orm(string_value = "completed")]
    Completed,
    #[sea_orm(string_value = "failed")]
    Failed,
}
