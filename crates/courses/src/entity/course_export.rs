use kernel::{CourseExportId, CourseId, UserId};
use sea_orm::entity::prelude::*;

/// A package that is made, or was made, of a course.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_exports")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CourseExportId,
    pub course_id: CourseId,
    /// Who asked for it.
    pub user_id: UserId,
    pub status: ExportStatus,
    /// Why there is none, for who asked.
    #[sea_orm(column_type = "Text")]
    pub error: String,
    /// The names of files whose bytes are not in the store.
    #[sea_orm(column_type = "JsonBinary")]
    pub left_out: Json,
    /// Of the package.
    pub size_bytes: i64,
    pub ready_at: Option<DateTimeUtc>,
    /// When the package is taken away.
    pub expires_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How far an export has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum ExportStatus {
    #[sea_orm(string_value = "running")]
    Running,
    #[sea_orm(string_value = "ready")]
    Ready,
    #[sea_orm(string_value = "failed")]
    Failed,
    #[sea_orm(string_value = "expired")]
    Expired,
}
