//! What a course says of its reviews.

use async_graphql::{Context, SimpleObject};
use courses::CourseRow;
use kernel::CourseId;

use super::{Review, keys::OwnReviewOfCourse};
use crate::graphql::{context::Req, error::Result, node::one, scalars::hundredths};

/// The ratings of a course in numbers. Hidden reviews don't count.
#[derive(SimpleObject)]
pub struct RatingSummary {
    /// Their mean, from 1 to 5. Null without ratings.
    average: Option<f64>,
    /// How many there are.
    count: i32,
    /// How many there are of each number of stars, from 5 down to 1.
    per_star: Vec<StarCount>,
}

/// A number of stars, and how many ratings give it.
#[derive(SimpleObject)]
pub struct StarCount {
    /// From 1 to 5.
    stars: i32,
    /// How many ratings give it.
    count: i32,
}

impl From<&CourseRow> for RatingSummary {
    fn from(course: &CourseRow) -> Self {
        let counts = [course.rating_5, course.rating_4, course.rating_3, course.rating_2, course.rating_1];
        Self {
            average: (course.rating_count > 0).then(|| hundredths(course.rating_average)),
            count: course.rating_count,
            per_star: (1..=5).rev().zip(counts).map(|(stars, count)| StarCount { stars, count }).collect(),
        }
    }
}

/// What the viewer thinks of a course.
pub async fn own_review(ctx: &Context<'_>, course: CourseId) -> Option<Result<Review>> {
    ctx.req().viewer().id()?;
    one(ctx, Some(OwnReviewOfCourse(course))).await
}
