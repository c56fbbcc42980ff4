//! Inputs and payloads of what one does to a review of one's own.

use async_graphql::{InputObject, MaybeUndefined, SimpleObject};
use kernel::{CourseId, ReviewId};
use reviews::{Opinion, OpinionChange};

use super::Review;
use crate::graphql::{error::UserError, id::Id, scalars::cleared};

/// What you think of which course.
#[derive(Debug, InputObject)]
pub struct SubmitReviewInput {
    /// The course.
    pub course_id: Id<CourseId>,
    /// How many stars, from 1 to 5.
    pub rating: i32,
    /// One line of at most 255 characters, plain text.
    #[graphql(default)]
    pub title: String,
    /// At most 5,000 characters, plain text or Markdown. HTML in it is not interpreted.
    #[graphql(default)]
    pub comment: String,
}

/// What to change of a review. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct UpdateReviewInput {
    /// Which review.
    pub id: Id<ReviewId>,
    /// The `version` you saw. When you changed the review elsewhere since, nothing is changed and the answer is
    /// `STALE_VERSION` with the current review. Left out, the last change wins.
    pub expected_version: Option<i32>,
    /// How many stars, from 1 to 5.
    pub rating: Option<i32>,
    /// One line of at most 255 characters, plain text; null to say nothing.
    pub title: MaybeUndefined<String>,
    /// At most 5,000 characters, plain text or Markdown; null to say nothing.
    pub comment: MaybeUndefined<String>,
}

/// Which review to delete.
#[derive(Debug, InputObject)]
pub struct DeleteReviewInput {
    /// Its id.
    pub id: Id<ReviewId>,
}

/// What came of reviewing a course.
#[derive(SimpleObject)]
pub struct SubmitReviewPayload {
    /// The new review; on `REVIEW_EXISTS` the one that you wrote before. Null when the input was refused otherwise.
    pub review: Option<Review>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of changing a review.
#[derive(SimpleObject)]
pub struct UpdateReviewPayload {
    /// The review as it is now; on `STALE_VERSION` as you left it elsewhere. Null when the input was refused otherwise.
    pub review: Option<Review>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of deleting a review.
#[derive(SimpleObject)]
pub struct DeleteReviewPayload {
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

impl SubmitReviewInput {
    pub fn into_domain(self) -> kernel::Result<(CourseId, Opinion)> {
        let Self { course_id, rating, title, comment } = self;
        Ok((course_id.at(&["input", "courseId"])?, Opinion { rating, title, comment }))
    }
}

impl UpdateReviewInput {
    pub fn into_domain(self) -> kernel::Result<(ReviewId, Option<i32>, OpinionChange)> {
        let Self { id, expected_version, rating, title, comment } = self;
        let change = OpinionChange { rating, title: cleared(title), comment: cleared(comment) };
        Ok((id.at(&["input", "id"])?, expected_version, change))
    }
}
