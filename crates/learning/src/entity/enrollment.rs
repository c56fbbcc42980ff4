use kernel::{CourseId, CourseVersionId, EnrollmentId, UserId};
use sea_orm::entity::prelude::*;

/// Somebody takes a course.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrollments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EnrollmentId,
    pub user_id: UserId,
    pub course_id: CourseId,
    /// What the course holds for this person. None: what it holds at present, as it was never published with versions.
    pub course_version_id: Option<CourseVersionId>,
    pub enrolled_at: DateTimeUtc,
    pub completed_at: Option<DateTimeUtc>,
    pub expires_at: Option<DateTimeUtc>,
    pub status: EnrollmentStatus,
    pub source: EnrollmentSource,
    /// In hundredths of a percent.
    pub progress_percentage: i32,
    pub last_accessed: Option<DateTimeUtc>,
    /// It rests: nothing of the course can be opened by it.
    pub suspended_at: Option<DateTimeUtc>,
    /// Why; the person reads it.
    #[sea_orm(column_type = "Text")]
    pub suspended_reason: String,
    /// That of the last grant: an order of a shop.
    pub reference: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum EnrollmentStatus {
    #[sea_orm(string_value = "active")]
    Active,
    #[sea_orm(string_value = "completed")]
    Completed,
    #[sea_orm(string_value = "dropped")]
    Dropped,
    #[sea_orm(string_value = "expired")]
    Expired,
}

/// How somebody came by the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum EnrollmentSource {
    #[sea_orm(string_value = "self_service")]
    SelfService,
    #[sea_orm(string_value = "purchase")]
    Purchase,
    #[sea_orm(string_value = "grant")]
    Grant,
}
