use kernel::{CourseId, CourseImportId, MediaId, UserId};
use sea_orm::entity::prelude::*;

/// A package that is, or was, made into a course.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_imports")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CourseImportId,
    /// Who sent it, and is to teach the course.
    pub user_id: UserId,
    /// The package: a file of theirs.
    pub media_id: MediaId,
    /// Only looked at.
    pub is_dry_run: bool,
    pub status: ImportStatus,
    /// Why it was refused, for who sent it.
    #[sea_orm(column_type = "Text")]
    pub error: String,
    /// What is in it: a [`crate::packaging::PackageContent`].
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub content: Option<Json>,
    /// What was made of it.
    pub course_id: Option<CourseId>,
    pub finished_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum ImportStatus {
    #[sea_orm(string_value = "running")]
    Running,
    #[sea_orm(string_value = "done")]
    Done,
    #[sea_orm(string_value = "refused")]
    Refused,
}
