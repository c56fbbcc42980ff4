//! Who may do what with the tutor. Everything about it is on this page.

use courses::{Edit, Taught};
use kernel::{Permit, Policy, UserId, Viewer};
use sea_orm::IntoActiveModel;

use crate::{ai_budget, ai_chat, ai_reservation, suggestion_run, tutor_conversation};

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

/// Use tokens of a budget.
pub struct Spend;

/// Somebody who asks.
pub struct Spender(pub UserId);

impl Policy<Spend> for Spender {
    /// Nobody spends what is somebody else's.
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.is(self.0) || *viewer == Viewer::System
    }
}

/// Say what became of tokens that were reserved.
pub struct Settle;

impl Policy<Settle> for ai_reservation::Model {
    /// The server alone: who could say that nothing was used would have no limit.
    fn permits(&self, viewer: &Viewer) -> bool {
        *viewer == Viewer::System
    }
}

/// Change what a course may use.
pub struct Grant;

/// A course's budget, and the right to change the course.
pub struct Granted<'a> {
    pub permit: &'a Permit<Edit, Taught>,
    pub own: ai_budget::Model,
}

impl Policy<Grant> for Granted<'_> {
    /// Who may change the course that it is of.
    fn permits(&self, _: &Viewer) -> bool {
        self.permit.id == self.own.course_id
    }
}

impl IntoActiveModel<ai_budget::ActiveModel> for Granted<'_> {
    fn into_active_model(self) -> ai_budget::ActiveModel {
        self.own.into_active_model()
    }
}

/// Forget what no longer matters.
pub struct TidyUp;

/// All that was ever reserved.
pub struct Ledger;

impl Policy<TidyUp> for Ledger {
    fn permits(&self, viewer: &Viewer) -> bool {
        *viewer == Viewer::System
    }
}

/// Make what an author has asked for, or say why there is nothing.
pub struct Make;

impl Policy<Make> for suggestion_run::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        *viewer == Viewer::System
    }
}
