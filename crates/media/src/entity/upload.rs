use kernel::{ApiTokenId, CourseId, MediaId, UploadId, UserId};
use sea_orm::entity::prelude::*;

/// A file on its way in: what it was announced to be, and how far it has come.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "uploads")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UploadId,
    pub user_id: UserId,
    /// The program that brings it, if it is one.
    pub api_token_id: Option<ApiTokenId>,
    /// Whose picture it is to be.
    pub course_id: Option<CourseId>,
    /// The file that it has become.
    pub media_id: Option<MediaId>,
    pub purpose: UploadPurpose,
    pub file_name: String,
    pub mime_type: String,
    /// In bytes.
    pub file_size: i64,
    /// In lower-case hexadecimal.
    pub sha256: String,
    /// In bytes; the last part is what is left.
    pub part_size: i64,
    pub status: UploadStatus,
    /// Why it was rejected.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// What the store calls it; empty for a folder.
    #[sea_orm(column_type = "Text")]
    pub multipart: String,
    /// When it is given up unless it has come to an end.
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum UploadPurpose {
    #[sea_orm(string_value = "media_file")]
    MediaFile,
    #[sea_orm(string_value = "course_thumbnail")]
    CourseThumbnail,
    #[sea_orm(string_value = "avatar")]
    Avatar,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum UploadStatus {
    #[sea_orm(string_value = "open")]
    Open,
    #[sea_orm(string_value = "verifying")]
    Verifying,
    #[sea_orm(string_value = "completed")]
    Completed,
    #[sea_orm(string_value = "rejected")]
    Rejected,
    #[sea_orm(string_value = "aborted")]
    Aborted,
    #[sea_orm(string_value = "expired")]
    Expired,
}
