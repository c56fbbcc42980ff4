//! Who may do what to a file. Everything about it is on this page.

use accounts::user;
use kernel::{Permission, Policy, Viewer};
use sea_orm::IntoActiveModel;

use crate::{media_file, upload};

/// Change, attach, detach or delete a file, have it processed, say what its captions are.
pub struct Keep;

/// A file, and whether the viewer may edit the course that it belongs to.
pub struct Kept {
    pub file: media_file::Model,
    pub edits_course: bool,
}

impl Policy<Keep> for Kept {
    /// What belongs to a course is its editors', whoever uploaded it; the rest is the uploader's.
    fn permits(&self, viewer: &Viewer) -> bool {
        match self.file.course_id {
            Some(_) => self.edits_course,
            None => viewer.is(self.file.user_id) || viewer.has(Permission::CoursesManage),
        }
    }
}

impl std::ops::Deref for Kept {
    type Target = media_file::Model;

    fn deref(&self) -> &media_file::Model {
        &self.file
    }
}

impl IntoActiveModel<media_file::ActiveModel> for Kept {
    fn into_active_model(self) -> media_file::ActiveModel {
        self.file.into_active_model()
    }
}

/// Note what became of a file when it was processed.
pub struct Process;

impl Policy<Process> for media_file::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        *viewer == Viewer::System
    }
}

/// Bring a file in, go on with that, give it up.
pub struct BringIn;

impl Policy<BringIn> for user::Model {
    /// What a program brings takes room of who made its token.
    fn permits(&self, viewer: &Viewer) -> bool {
        match viewer {
            Viewer::Service(service) => service.owner == self.id,
            viewer => viewer.is(self.id),
        }
    }
}

impl Policy<BringIn> for upload::Model {
    /// A program goes on with what it has begun, and with nothing else of its owner's.
    fn permits(&self, viewer: &Viewer) -> bool {
        match viewer {
            Viewer::Service(service) => self.api_token_id == Some(service.token),
            viewer => viewer.is(self.user_id),
        }
    }
}

/// Say what becomes of a file that was brought in, and give up what nobody brings to its end.
pub struct Judge;

impl Policy<Judge> for upload::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        *viewer == Viewer::System
    }
}

/// All that is on its way in.
pub struct Arrivals;

impl Policy<Judge> for Arrivals {
    fn permits(&self, viewer: &Viewer) -> bool {
        *viewer == Viewer::System
    }
}
