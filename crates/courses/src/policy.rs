//! Who may do what to a course. Everything about it is on this page.

use kernel::{Permission, Policy, Viewer};

use crate::{
    course_category, course_export, course_import,
    course_staff::StaffRole,
    taught::{Member, Taught},
};

/// Change, publish or unpublish the course and what is in it.
pub struct Edit;

impl Policy<Edit> for Taught {
    /// Who owns it, teaches or edits it; assistants look on.
    fn permits(&self, viewer: &Viewer) -> bool {
        owns(self, viewer) || self.role.is_some_and(StaffRole::may_edit)
    }
}

/// Say who works on the course, whose it is, what it costs and whether it stays.
pub struct Own;

impl Policy<Own> for Taught {
    fn permits(&self, viewer: &Viewer) -> bool {
        owns(self, viewer)
    }
}

impl Policy<Own> for Member {
    fn permits(&self, viewer: &Viewer) -> bool {
        owns(&self.taught, viewer)
    }
}

/// Take somebody off the course's staff.
pub struct Release;

impl Policy<Release> for Member {
    /// Nobody is kept against their will.
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.is(self.staff.user_id) || owns(&self.taught, viewer)
    }
}

/// Start a new course.
pub struct Teach;

impl Policy<Teach> for Viewer {
    fn permits(&self, _: &Viewer) -> bool {
        self.has(Permission::CoursesCreate)
    }
}

/// Make, change, move or delete a category.
pub struct Arrange;

impl Policy<Arrange> for Viewer {
    fn permits(&self, _: &Viewer) -> bool {
        self.has(Permission::CoursesManage)
    }
}

impl Policy<Arrange> for course_category::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.has(Permission::CoursesManage)
    }
}

/// The course's owner, and those who manage all courses.
fn owns(course: &Taught, viewer: &Viewer) -> bool {
    viewer.is(course.instructor_id) || viewer.has(Permission::CoursesManage)
}

/// Make packages of courses, and courses of packages.
pub struct Pack;

impl Policy<Pack> for course_export::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        *viewer == Viewer::System
    }
}

impl Policy<Pack> for course_import::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        *viewer == Viewer::System
    }
}
