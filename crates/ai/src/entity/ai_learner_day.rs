use kernel::{CourseId, UserId};
use sea_orm::entity::prelude::*;

/// What somebody used in a course on one day.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ai_learner_days")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub course_id: CourseId,
    /// Midnight, UTC.
    #[sea_orm(primary_key, auto_increment = false)]
    pub starts_at: DateTimeUtc,
    /// Tokens of answers that are under way.
    pub reserved: i64,
    pub used: i64,
    pub answers: i32,
}

impl ActiveModelBehavior for ActiveModel {}
