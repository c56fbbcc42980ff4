use std::sync::Arc;

use crate::{ApiTokenId, Error, Permission, Permissions, Result, SessionId, UserId};

/// Who is asking. Built once per request, at the edge.
#[derive(Clone, Debug, PartialEq)]
pub enum Viewer {
    /// Nobody we know.
    Anonymous,
    /// A person with a living session.
    User(Arc<SignedIn>),
    /// A program with an API token. It is not the person who made the token: nothing of theirs is its own.
    Service(Arc<Service>),
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

/// A program as the request sees it: by whose token, with which rights.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Who made the token, and answers for what is done with it.
    pub owner: UserId,
    pub token: ApiTokenId,
    /// The token's scopes, as far as the owner still holds them.
    pub permissions: Permissions,
}

impl Viewer {
    /// The person behind the request, if there is one. What is their own is seen and done by this.
    pub fn id(&self) -> Option<UserId> {
        match self {
            Self::User(signed_in) => Some(signed_in.user),
            Self::Anonymous | Self::Service(_) | Self::System => None,
        }
    }

    /// The person behind the request, for what people do with their own account. Programs may not.
    pub fn person(&self) -> Result<UserId> {
        match self {
            Self::User(signed_in) => Ok(signed_in.user),
            Self::Service(_) => Err(Error::NotAPerson),
            Self::Anonymous | Self::System => Err(Error::Unauthenticated),
        }
    }

    /// Who answers for what is done: the person, or the owner of the token. For what is written down about who did
    /// it, never for what one may see or do.
    pub fn actor(&self) -> Option<UserId> {
        match self {
            Self::User(signed_in) => Some(signed_in.user),
            Self::Service(service) => Some(service.owner),
            Self::Anonymous | Self::System => None,
        }
    }

    /// The session that the request came with.
    pub fn session(&self) -> Option<SessionId> {
        match self {
            Self::User(signed_in) => Some(signed_in.session),
            Self::Anonymous | Self::Service(_) | Self::System => None,
        }
    }

    /// Is this person the one meant?
    pub fn is(&self, user: UserId) -> bool {
        self.id() == Some(user)
    }

    /// All that the viewer's roles, or the token, hold. The system holds everything.
    pub fn permissions(&self) -> Permissions {
        match self {
            Self::Anonymous => Permissions::default(),
            Self::User(signed_in) => signed_in.permissions,
            Self::Service(service) => service.permissions,
            Self::System => Permissions::all(),
        }
    }

    /// Do they hold this one?
    pub fn has(&self, permission: Permission) -> bool {
        self.permissions().contains(permission)
    }
}
