//! Who may do what to a course. Everything about it is on this page.

use kernel::{Permission, Policy, UserId, Viewer};

use crate::course;

/// Change, publish or unpublish the course and what is in it.
pub struct Edit;

impl Policy<Edit> for course::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        may_edit(viewer, self.instructor_id)
    }
}

/// Start a new course.
pub struct Teach;

impl Policy<Teach> for Viewer {
    fn permits(&self, _: &Viewer) -> bool {
        self.has(Permission::CoursesCreate)
    }
}

/// The course's instructor, and those who manage all courses.
pub fn may_edit(viewer: &Viewer, instructor: UserId) -> bool {
    viewer.is(instructor) || viewer.has(Permission::CoursesManage)
}
