use kernel::{CourseId, UserId};
use sea_orm::entity::prelude::*;

/// An hour in which somebody watched something of a course, by the clocks of their devices.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "learning_hours")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub course_id: CourseId,
    /// A whole hour, UTC.
    #[sea_orm(primary_key, auto_increment = false)]
    pub starts_at: DateTimeUtc,
    /// When in it, in seconds from its start: `progress::Spans`.
    #[sea_orm(column_type = "JsonBinary")]
    pub spans: Json,
    /// How long that is.
    pub seconds: i32,
    /// What remains of that when other courses claim the same seconds, and each has its part: in thousandths of a second.
    /// None: nobody has asked so far; all of it.
    pub share: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
