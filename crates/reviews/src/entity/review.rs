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
    /// Reports that no moderator has settled.
    pub reported_count: i32,
    pub unhelpful_count: i32,
    /// `helpful_score` of the two counts: it is written in one statement with them.
    pub helpful_score: i32,
    /// Counts edits.
    pub version: i32,
    /// When what it says was last changed.
    pub edited_at: Option<DateTimeUtc>,
    pub hidden_at: Option<DateTimeUtc>,
    /// In the moderator's words; empty when it is not hidden.
    #[sea_orm(column_type = "Text")]
    pub hidden_reason: String,
    /// Since when it waits for a moderator.
    pub queued_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
