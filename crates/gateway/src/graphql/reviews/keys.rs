//! What is loaded of reviews.

use kernel::{CourseId, ReviewId, UserId};
use reviews::{
    ReviewRow,
    reading::{self, count_reviews_of_courses, count_reviews_of_users, reviews_of_courses, reviews_of_users},
};

use crate::graphql::keys::{edge, key};

key! {
    /// A review.
    ReviewById: ReviewId => ReviewRow, reading::reviews
}
edge! {
    /// A course's reviews.
    ReviewsOfCourse, ReviewCountOfCourse: CourseId => ReviewRow, reviews_of_courses, count_reviews_of_courses
}
edge! {
    /// The reviews that a person wrote.
    ReviewsOfUser, ReviewCountOfUser: UserId => ReviewRow, reviews_of_users, count_reviews_of_users
}
