//! Who may do what to enrolments and waitlists. Everything about it is on this page.

use courses::{StaffRole, Taught};
use kernel::{Permission, Policy, Viewer};
use sea_orm::IntoActiveModel;

use crate::{enrollment, waitlist_entry};

/// Enrol oneself, or put oneself on the waitlist.
pub struct Join;

impl Policy<Join> for Viewer {
    /// Whether one is let in is not a question of rights.
    fn permits(&self, _: &Viewer) -> bool {
        self.id().is_some()
    }
}

impl Policy<Join> for enrollment::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.is(self.user_id)
    }
}

/// Leave the course, or its waitlist.
pub struct Leave;

impl Policy<Leave> for enrollment::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.is(self.user_id)
    }
}

impl Policy<Leave> for waitlist_entry::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.is(self.user_id)
    }
}

/// Enrol others, and say for how long and whether they may go on.
pub struct Enrol;

impl Policy<Enrol> for Taught {
    /// Who owns the course or teaches it, and those who enrol people everywhere: a shop's token. Editors and assistants
    /// look on.
    fn permits(&self, viewer: &Viewer) -> bool {
        let teaches = viewer.is(self.instructor_id) || self.role == Some(StaffRole::Instructor);
        teaches || viewer.has(Permission::EnrollmentsManage)
    }
}

/// An enrolment, and the course that it is in.
pub struct Overseen {
    pub enrollment: enrollment::Model,
    pub taught: Taught,
}

impl Policy<Enrol> for Overseen {
    fn permits(&self, viewer: &Viewer) -> bool {
        Policy::<Enrol>::permits(&self.taught, viewer)
    }
}

/// Do what follows when a seat comes free or a deadline passes: nobody decides anything.
pub struct Settle;

impl Policy<Settle> for waitlist_entry::Model {
    /// Whoever has freed a seat was permitted that; the next in the list gets it, whoever they are.
    fn permits(&self, _: &Viewer) -> bool {
        true
    }
}

impl Policy<Settle> for enrollment::Model {
    /// The time of enrolments passes by itself, whoever is the first to count the seats after that.
    fn permits(&self, _: &Viewer) -> bool {
        true
    }
}

impl IntoActiveModel<enrollment::ActiveModel> for Overseen {
    fn into_active_model(self) -> enrollment::ActiveModel {
        self.enrollment.into_active_model()
    }
}
