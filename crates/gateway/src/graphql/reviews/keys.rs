//! What is loaded of reviews.

use courses::TaughtRow;
use kernel::{CourseId, ReviewId, ReviewReplyId, UserId};
use reviews::{
    ModerationRow, ReplyRow, ReportRow, ReviewRow, RevisionRow, VoteRow,
    reading::{
        self, count_moderations_of, count_reports_of, count_reviews_of_courses, count_reviews_of_users,
        count_revisions_of, moderations_of, reports_of, reviews_of_courses, reviews_of_users, revisions_of,
    },
};

use crate::graphql::keys::{edge, key};

key! {
    /// A review.
    ReviewById: ReviewId => ReviewRow, reading::reviews
}
key! {
    /// What the viewer thinks of a course.
    OwnReviewOfCourse: CourseId => ReviewRow, reading::own_reviews
}
key! {
    /// A course that the viewer works on.
    OwnCourse: CourseId => TaughtRow, reading::own_courses
}
key! {
    /// How the viewer voted on a review.
    OwnVoteOnReview: ReviewId => VoteRow, reading::own_votes
}
key! {
    /// The reply to a review.
    ReplyOfReview: ReviewId => ReplyRow, reading::replies_of
}
key! {
    /// A reply.
    ReplyById: ReviewReplyId => ReplyRow, reading::replies
}
edge! {
    /// A course's reviews.
    ReviewsOfCourse, ReviewCountOfCourse: CourseId => ReviewRow, reviews_of_courses, count_reviews_of_courses
}
edge! {
    /// The reviews that a person wrote.
    ReviewsOfUser, ReviewCountOfUser: UserId => ReviewRow, reviews_of_users, count_reviews_of_users
}
edge! {
    /// What a review said before.
    RevisionsOfReview, RevisionCountOfReview: ReviewId => RevisionRow, revisions_of, count_revisions_of
}
edge! {
    /// What moderators did to a review.
    ModerationsOfReview, ModerationCountOfReview: ReviewId => ModerationRow, moderations_of, count_moderations_of
}
edge! {
    /// What people reported of a review.
    ReportsOfReview, ReportCountOfReview: ReviewId => ReportRow, reports_of, count_reports_of
}
