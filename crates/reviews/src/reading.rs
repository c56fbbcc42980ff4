//! Batched reads: what loaders ask for.

use std::collections::HashMap;

use courses::{TaughtRow, course};
use kernel::{CourseId, Result, ReviewId, ReviewReplyId, Scalar, Sort, UserId, Viewer, by_keys};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};

use crate::{
    ModerationRow, ReplyRow, ReportRow, ReviewRow, RevisionRow, VoteRow, review, review_moderation, review_reply,
    review_report, review_revision, review_vote,
};

/// Reviews by id.
pub async fn reviews(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[ReviewId],
) -> Result<HashMap<ReviewId, ReviewRow>> {
    by_keys(db, review::Entity::visible_to(viewer), review::Column::Id, ids, |row: &ReviewRow| row.id).await
}

/// What the viewer thinks of each course.
pub async fn own_reviews(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    courses: &[CourseId],
) -> Result<HashMap<CourseId, ReviewRow>> {
    let own = review::Entity::visible_to(viewer).filter(review::Column::UserId.eq(viewer.id()));
    by_keys(db, own, review::Column::CourseId, courses, |row: &ReviewRow| row.course_id).await
}

/// How the viewer voted on each review.
pub async fn own_votes(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    reviews: &[ReviewId],
) -> Result<HashMap<ReviewId, VoteRow>> {
    use review_vote::{Column, Entity};
    by_keys(db, Entity::visible_to(viewer), Column::ReviewId, reviews, |row: &VoteRow| row.review_id).await
}

/// On which of these courses the viewer works.
pub async fn own_courses(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    courses: &[CourseId],
) -> Result<HashMap<CourseId, TaughtRow>> {
    match viewer.id() {
        Some(user) => {
            let own = course::Entity::staffed_by(user);
            by_keys(db, own, course::Column::Id, courses, |row: &TaughtRow| row.id).await
        }
        None => Ok(HashMap::new()),
    }
}

/// The reply to each review.
pub async fn replies_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    reviews: &[ReviewId],
) -> Result<HashMap<ReviewId, ReplyRow>> {
    use review_reply::{Column, Entity};
    by_keys(db, Entity::visible_to(viewer), Column::ReviewId, reviews, |row: &ReplyRow| row.review_id).await
}

/// Replies by id.
pub async fn replies(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[ReviewReplyId],
) -> Result<HashMap<ReviewReplyId, ReplyRow>> {
    use review_reply::{Column, Entity};
    by_keys(db, Entity::visible_to(viewer), Column::Id, ids, |row: &ReplyRow| row.id).await
}

fn newest() -> Sort<review::Entity, ReviewRow> {
    Sort::<_, ReviewRow>::descending("newest")
        .by(review::Column::CreatedAt, |row| Scalar::Time(row.created_at))
        .by(review::Column::Id, |row| Scalar::Id(row.id.0))
}

fn last_revision() -> Sort<review_revision::Entity, RevisionRow> {
    Sort::<_, RevisionRow>::descending("revisions")
        .by(review_revision::Column::Version, |row| Scalar::Int(row.version.into()))
        .by(review_revision::Column::Id, |row| Scalar::Id(row.id.0))
}

fn last_moderation() -> Sort<review_moderation::Entity, ModerationRow> {
    Sort::<_, ModerationRow>::descending("moderations")
        .by(review_moderation::Column::CreatedAt, |row| Scalar::Time(row.created_at))
        .by(review_moderation::Column::Id, |row| Scalar::Id(row.id.0))
}

fn last_report() -> Sort<review_report::Entity, ReportRow> {
    Sort::<_, ReportRow>::descending("reports")
        .by(review_report::Column::CreatedAt, |row| Scalar::Time(row.created_at))
        .by(review_report::Column::Id, |row| Scalar::Id(row.id.0))
}

kernel::edges! {
    /// The reviews of courses, newest first.
    reviews_of_courses, count_reviews_of_courses: ReviewRow => CourseId, review::Entity, CourseId, |row| row.course_id, newest;
    /// The reviews that people wrote, newest first.
    reviews_of_users, count_reviews_of_users: ReviewRow => UserId, review::Entity, UserId, |row| row.user_id, newest;
    /// What reviews said before, the last first.
    revisions_of, count_revisions_of: RevisionRow => ReviewId, review_revision::Entity, ReviewId, |row| row.review_id, last_revision;
    /// What moderators did, the last first.
    moderations_of, count_moderations_of: ModerationRow => ReviewId, review_moderation::Entity, ReviewId, |row| row.review_id, last_moderation;
    /// What was reported, the last first.
    reports_of, count_reports_of: ReportRow => ReviewId, review_report::Entity, ReviewId, |row| row.review_id, last_report;
}
