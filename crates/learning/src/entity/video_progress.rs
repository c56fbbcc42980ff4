use kernel::{CourseId, MediaId, UserId, VideoProgressId};
use sea_orm::entity::prelude::*;

/// How far somebody is in a video, as part of one course.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "video_progress")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VideoProgressId,
    pub user_id: UserId,
    pub video_id: MediaId,
    pub course_id: CourseId,
    /// In seconds.
    pub watch_time: i32,
    /// In seconds.
    pub last_position: i32,
    pub completed: bool,
    /// In hundredths of a percent.
    pub completion_percentage: i32,
}

impl ActiveModelBehavior for ActiveModel {}
