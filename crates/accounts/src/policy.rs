//! Who may do what to accounts. Everything about it is on this page.

use kernel::{Permission, Policy, UserId, Viewer};

use crate::{UserStatus, api_token, data_export, rights::Rights, role, two_factor_challenge, user, user_session};

/// Open an account for oneself.
pub struct Register;
/// The place where people register; open to everybody.
pub struct Registry;

impl Policy<Register> for Registry {
    fn permits(&self, _: &Viewer) -> bool {
        true
    }
}

/// Try to sign in, or anything else of which only so much is allowed.
pub struct Try;

impl Policy<Try> for Registry {
    fn permits(&self, _: &Viewer) -> bool {
        true
    }
}

/// Ask for something with a key, so that asking again does nothing again.
pub struct Ask;

impl Policy<Ask> for Own {
    /// A program's keys are kept with who answers for it.
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.actor() == Some(self.0)
    }
}

/// Create accounts with any rights and install the built-in roles.
pub struct Administer;

impl Policy<Administer> for Registry {
    fn permits(&self, viewer: &Viewer) -> bool {
        *viewer == Viewer::System
    }
}

/// End what has expired, and forget what no longer matters.
pub struct TidyUp;

impl Policy<TidyUp> for Registry {
    fn permits(&self, viewer: &Viewer) -> bool {
        *viewer == Viewer::System
    }
}

/// Start a session as this account. Asked after the password was verified.
pub struct SignIn;

impl Policy<SignIn> for user::Model {
    fn permits(&self, _: &Viewer) -> bool {
        can_sign_in(self)
    }
}

/// Do what a one-time token was sent for: whoever holds it. Asked after the token was found.
pub struct Redeem;

impl Policy<Redeem> for user::Model {
    fn permits(&self, _: &Viewer) -> bool {
        is_recoverable(self)
    }
}

/// Write to somebody, with a token if need be.
pub struct Issue;

impl Policy<Issue> for user::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        *viewer == Viewer::System
    }
}

/// Erase a person and everything that is theirs. The permit is asked for by every crate that has something of people.
pub struct Erase;

impl Policy<Erase> for Own {
    fn permits(&self, viewer: &Viewer) -> bool {
        *viewer == Viewer::System
    }
}

/// Bring an export to its end.
pub struct Export;

impl Policy<Export> for data_export::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        *viewer == Viewer::System
    }
}

/// Keep a session going: whoever holds its refresh token.
pub struct Refresh;
/// A session whose refresh token was shown.
pub struct Held(pub user_session::Model);

impl Policy<Refresh> for Held {
    fn permits(&self, _: &Viewer) -> bool {
        self.0.is_active
    }
}

/// Meet a challenge: whoever holds its token.
pub struct Meet;
/// A challenge whose token was shown.
pub struct Challenged(pub two_factor_challenge::Model);

impl Policy<Meet> for Challenged {
    fn permits(&self, _: &Viewer) -> bool {
        true
    }
}

/// End a session of one's own.
pub struct End;

impl Policy<End> for user_session::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.is(self.user_id)
    }
}

pub fn can_sign_in(user: &user::Model) -> bool {
    user.is_active && user.status == UserStatus::Active
}

/// Take an API token of one's own back.
pub struct Revoke;

impl Policy<Revoke> for api_token::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.is(self.user_id)
    }
}

/// Can its owner get in by a letter? Not when staff closed it.
pub fn is_recoverable(user: &user::Model) -> bool {
    user.is_active && matches!(user.status, UserStatus::Active | UserStatus::Pending)
}

/// Change one's own account and what hangs on it.
pub struct Manage;
/// Somebody's own things.
pub struct Own(pub UserId);

impl Policy<Manage> for Own {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.is(self.0)
    }
}

impl Policy<Manage> for user::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.is(self.id)
    }
}

/// Show an account by a picture.
pub struct Show;

impl Policy<Show> for user::Model {
    /// Lectern itself does, once it has looked at what the person has uploaded for that.
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.is(self.id) || *viewer == Viewer::System
    }
}

/// Make roles, change them, give them to people. What may be in a role, and how high it may stand, is in `role_draft.rs`.
pub struct Govern;

impl Policy<Govern> for Registry {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.has(Permission::RolesManage)
    }
}

impl Policy<Govern> for role::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.has(Permission::RolesManage)
    }
}

/// Suspend an account and let it in again.
pub struct Suspend;
/// An account, what it may do, and what the viewer may.
pub struct Governed {
    pub user: user::Model,
    pub theirs: Rights,
    pub own: Rights,
}

impl Policy<Suspend> for Governed {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.has(Permission::UsersManage) && self.own.permissions.covers(self.theirs.permissions)
    }
}

/// See all accounts, with e-mail and status.
pub fn sees_accounts(viewer: &Viewer) -> bool {
    viewer.has(Permission::UsersRead) || viewer.has(Permission::UsersManage)
}

/// See all roles and who has them.
pub fn sees_roles(viewer: &Viewer) -> bool {
    viewer.has(Permission::RolesRead) || viewer.has(Permission::RolesManage)
}
