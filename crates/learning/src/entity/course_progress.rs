use kernel::{CourseId, CourseProgressId, MediaId, SectionId, UserId};
use sea_orm::entity::prelude::*;

/// How far somebody is in a course, or in one section of it.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_progress")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CourseProgressId,
    pub user_id: UserId,
    pub course_id: CourseId,
    /// None: the whole course.
    pub section_id: Option<SectionId>,
    pub last_video_id: Option<MediaId>,
    /// In seconds.
    pub total_watch_time: i32,
    /// In hundredths of a percent.
    pub completion_percentage: i32,
    pub last_updated: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
