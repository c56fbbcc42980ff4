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
    /// What counts as watched, in seconds.
    pub watch_time: i32,
    /// In seconds.
    pub last_position: i32,
    pub completed: bool,
    /// In hundredths of a percent.
    pub completion_percentage: i32,
    /// The parts that were watched, in seconds: `progress::Spans`.
    #[sea_orm(column_type = "JsonBinary")]
    pub watched: Json,
    /// What would count as well, had there been time for all that the person watched, here and elsewhere; in seconds.
    pub excess: i32,
    /// When that may have been: `progress::WallTime`.
    #[sea_orm(column_type = "JsonBinary")]
    pub wall_time: Json,
    /// Of the packet that `last_position` comes from: when it was, by the device's clock.
    pub position_at: Option<DateTimeUtc>,
    /// The number of that packet.
    pub position_sequence: i64,
    /// When it was watched to the end.
    pub completed_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
