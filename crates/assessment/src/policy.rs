//! Who may do what to attempts and grades. What authors do to quizzes, `courses` permits.

use courses::Taught;
use kernel::{Permission, Policy, Viewer};

use crate::attempting::{Place, Sittings};

/// Sit a quiz: begin an attempt, answer, hand in.
pub struct Sit;

impl Policy<Sit> for Place {
    /// For oneself, as long as one takes the course.
    fn permits(&self, viewer: &Viewer) -> bool {
        self.is_entitled && viewer.is(self.user)
    }
}

impl Policy<Sit> for Sittings {
    /// One's own; the clock hands in everybody's.
    fn permits(&self, viewer: &Viewer) -> bool {
        *viewer == Viewer::System || self.iter().all(|attempt| viewer.is(attempt.user_id))
    }
}

/// Grade what learners of a course hand in, and grant them what they need for that.
pub struct Grade;

impl Policy<Grade> for Taught {
    /// Who owns it and everybody on its staff: grading is what assistants are for.
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.is(self.instructor_id) || self.role.is_some() || viewer.has(Permission::CoursesManage)
    }
}
