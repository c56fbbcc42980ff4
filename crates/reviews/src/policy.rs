//! Who may do what to reviews. Everything about it is on this page.

use kernel::{Permission, Policy, Viewer};
use learning::enrollment;

use crate::{review, review_vote};

/// Review the course that one is enrolled in.
pub struct Submit;

impl Policy<Submit> for enrollment::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.is(self.user_id)
    }
}

/// Change a review, or delete it.
pub struct Write;

impl Policy<Write> for review::Model {
    /// Its author, and nobody else: moderators hide.
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.is(self.user_id)
    }
}

/// Say whether a review helps, or that it should not stand.
pub struct Judge;

impl Policy<Judge> for review::Model {
    /// People with an account, on reviews of others.
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.id().is_some_and(|user| user != self.user_id)
    }
}

impl Policy<Judge> for review_vote::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.is(self.user_id)
    }
}

/// Hide a review, show it again, settle what was reported.
pub struct Moderate;

impl Policy<Moderate> for review::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.has(Permission::ReviewsModerate)
    }
}

/// Answer a review, and change that answer.
pub struct Answer;
/// A review, or the reply to it, and whether the viewer works on the course.
#[derive(Clone)]
pub struct OfCourse<T> {
    pub row: T,
    pub is_taught: bool,
}

impl<T> Policy<Answer> for OfCourse<T> {
    /// The course's owner and staff, in whatever role, and those who manage all courses.
    fn permits(&self, _: &Viewer) -> bool {
        self.is_taught
    }
}
