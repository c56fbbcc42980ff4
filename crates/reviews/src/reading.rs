//! Batched reads: what loaders ask for.

use std::collections::HashMap;

use kernel::{CourseId, Result, ReviewId, Scalar, Sort, UserId, Viewer, by_keys};
use sea_orm::ConnectionTrait;

use crate::{ReviewRow, review};

/// Reviews by id.
pub async fn reviews(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[ReviewId],
) -> Result<HashMap<ReviewId, ReviewRow>> {
    by_keys(db, review::Entity::visible_to(viewer), review::Column::Id, ids, |row: &ReviewRow| row.id).await
}

fn newest() -> Sort<review::Entity, ReviewRow> {
    Sort::<_, ReviewRow>::descending("newest")
        .by(review::Column::CreatedAt, |row| Scalar::Time(row.created_at))
        .by(review::Column::Id, |row| Scalar::Id(row.id.0))
}

kernel::edges! {
    /// The reviews of courses, newest first.
    reviews_of_courses, count_reviews_of_courses: ReviewRow => CourseId, review::Entity, CourseId, |row| row.course_id, newest;
    /// The reviews that people wrote, newest first.
    reviews_of_users, count_reviews_of_users: ReviewRow => UserId, review::Entity, UserId, |row| row.user_id, newest;
}
