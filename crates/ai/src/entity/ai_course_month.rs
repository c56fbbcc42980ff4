use kernel::CourseId;
use sea_orm::entity::prelude::*;

/// What everybody used in a course in one month.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ai_course_months")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub course_id: CourseId,
    /// Midnight of its first day, UTC.
    #[sea_orm(primary_key, auto_increment = false)]
    pub starts_at: DateTimeUtc,
    /// Tokens of answers that are under way.
    pub reserved: i64,
    pub used: i64,
}

impl ActiveModelBehavior for ActiveModel {}
