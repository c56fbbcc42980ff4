//! What is read of a table at a time.

use kernel::{CourseId, ReviewId, UserId};
use sea_orm::{DerivePartialModel, prelude::DateTimeUtc};

use crate::review;

/// A review.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "review::Entity")]
pub struct ReviewRow {
    pub id: ReviewId,
    pub user_id: UserId,
    pub course_id: CourseId,
    /// Stars, 1 to 5.
    pub rating: i32,
    pub title: String,
    pub comment: String,
    pub is_verified_purchase: bool,
    /// By a moderator.
    pub is_hidden: bool,
    pub helpful_count: i32,
    pub reported_count: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub created_by: Option<UserId>,
    pub updated_by: Option<UserId>,
}
