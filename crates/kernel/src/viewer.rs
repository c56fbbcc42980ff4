use std::sync::Arc;

use crate::{Permission, Permissions, SessionId, UserId};

/// Who is asking. Built once per request, at the edge.
#[derive(Clone, Debug, PartialEq)]
pub enum Viewer {
    /// Nobody we know.
    Anonymous,
    /// A person with a living session.
    User(Arc<SignedIn>),
    /// Lectern itself: seeding, jobs, the command line.
    System,
}

/// A person as the request sees them: who, by which session, with which rights.
#[derive(Clone, Debug, PartialEq)]
pub struct SignedIn {
    pub user: UserId,
    pub session: SessionId,
    pub permissions: Permissions,
}

impl Viewer {
    /// The user behind the request, if there is one.
    pub fn id(&self) -> Option<UserId> {
        match self {
            Self::User(signed_in) => Some(signed_in.user),
            Self::Anonymous | Self::System => None,
        }
    }

    /// The session that the request came with.
    pub fn session(&self) -> Option<SessionId> {
        match self {
            Self::User(signed_in) => Some(signed_in.session),
            Self::Anonymous | Self::System => None,
        }
    }

    /// Is this person the one meant?
    pub fn is(&self, user: UserId) -> bool {
        self.id() == Some(user)
    }

    /// Does any of the viewer's roles hold this permission? The system holds all of them.
    pub fn has(&self, permission: Permission) -> bool {
        match self {
            Self::Anonymous => false,
            Self::User(signed_in) => signed_in.permissions.contains(permission),
            Self::System => true,
        }
    }
}
