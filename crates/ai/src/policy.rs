//! Who may do what with the tutor. Everything about it is on this page.

use kernel::{Policy, Viewer};

use crate::{ai_chat, tutor_conversation};

/// Ask the tutor, go on with a conversation, say what an answer was worth, delete what was said.
pub struct Converse;

impl Policy<Converse> for Viewer {
    /// Whether they may see the course is not a question of rights.
    fn permits(&self, _: &Viewer) -> bool {
        self.id().is_some()
    }
}

impl Policy<Converse> for tutor_conversation::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.is(self.user_id)
    }
}

impl Policy<Converse> for ai_chat::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.is(self.user_id)
    }
}

/// Write an answer, keep the index of what there is to answer from.
pub struct Tutor;

impl Policy<Tutor> for Viewer {
    fn permits(&self, _: &Viewer) -> bool {
        *self == Viewer::System
    }
}
