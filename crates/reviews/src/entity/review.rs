use kernel::{CourseId, ReviewId, UserId};
use sea_orm::entity::prelude::*;

/// What somebody thinks of a course. One per person and course among the living.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reviews")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReviewId,
    pub user_id: UserId,
    pub course_id: CourseId,
    /// Stars, 1 to 5.
    pub rating: i32,
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub comment: String,
    pub is_verified_purchase: bool,
    /// By a moderator.
    pub is_hidden: bool,
    pub helpful_count: i32,
    pub reported_count: i32,
}

impl ActiveModelBehavior for ActiveModel {}
