//! Who may do what about certificates.

use courses::{StaffRole, Taught};
use kernel::{Permission, Policy, Viewer};

use crate::{EnrollmentStatus, certificate, enrollment};

/// Give a certificate for a course that is finished.
pub struct Award;

impl Policy<Award> for enrollment::Model {
    /// It follows from the completion, whoever brought that about.
    fn permits(&self, _: &Viewer) -> bool {
        self.status == EnrollmentStatus::Completed
    }
}

/// Take a certificate back, or put another in its place.
pub struct Vouch;

/// Have another put in the place of one's own, because one is called otherwise by now.
pub struct Rename;

impl Policy<Rename> for certificate::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.is(self.user_id)
    }
}

/// A certificate and its course, as far as the viewer sees the course.
pub struct Certified {
    pub certificate: certificate::Model,
    pub taught: Option<Taught>,
}

impl Policy<Vouch> for Certified {
    /// The school's word is given by those who teach the course, and by those who manage all courses; editors and
    /// assistants look on.
    fn permits(&self, viewer: &Viewer) -> bool {
        let teaches =
            |course: &Taught| viewer.is(course.course.instructor_id) || course.role == Some(StaffRole::Instructor);
        viewer.has(Permission::CoursesManage) || self.taught.as_ref().is_some_and(teaches)
    }
}
