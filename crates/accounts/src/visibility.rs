//! Which rows a viewer may know of.

use kernel::{Live, Viewer};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, IntoSimpleExpr, QueryFilter, QuerySelect, QueryTrait, Select, sea_query::Expr,
};

use crate::{
    UserStatus, account_deletion, api_token, data_export,
    policy::{sees_accounts, sees_roles},
    role, user, user_role, user_session,
};

impl user::Entity {
    /// Accounts, with e-mail and status: one's own; all for those who may read accounts.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        if sees_accounts(viewer) {
            return Self::live();
        }
        Self::live().filter(user::Column::Id.eq(viewer.id()))
    }

    /// The public side of everybody who takes part: name, picture, biography.
    pub fn public() -> Select<Self> {
        Self::active_users()
    }

    /// The condition of [`Self::public`], for what is joined with people.
    pub fn is_public() -> Expr {
        use user::Column::{IsActive, IsDeleted, Status};
        IsActive.eq(true).and(Status.eq(UserStatus::Active)).and(IsDeleted.eq(false))
    }

    /// Accounts that their owners can get into, if need be by a letter.
    pub fn recoverable() -> Select<Self> {
        let open = user::Column::Status.is_in([UserStatus::Active, UserStatus::Pending]);
        Self::live().filter(user::Column::IsActive.eq(true)).filter(open)
    }

    /// The specification's manager `active_users`: not deactivated, not suspended, not pending.
    pub fn active_users() -> Select<Self> {
        Self::live().filter(user::Column::IsActive.eq(true)).filter(user::Column::Status.eq(UserStatus::Active))
    }
}

impl role::Entity {
    /// One's own roles; all for those who may read roles.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        if sees_roles(viewer) {
            return Self::live();
        }
        let own = user_role::Entity::visible_to(viewer).select_only().column(user_role::Column::RoleId);
        Self::live().filter(role::Column::Id.in_subquery(own.into_query()))
    }
}

impl user_role::Entity {
    /// One's own; all for those who may read roles.
    #[expect(clippy::disallowed_methods, reason = "a link is never soft-deleted: there is nothing to leave out")]
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        let which = if sees_roles(viewer) {
            Expr::val(true)
        } else {
            user_role::Column::UserId.into_simple_expr().eq(viewer.id())
        };
        Self::find().filter(which)
    }
}

impl api_token::Entity {
    /// One's own, revoked ones too.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        Self::live().filter(api_token::Column::UserId.eq(viewer.id()))
    }
}

impl data_export::Entity {
    /// One's own.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        Self::live().filter(data_export::Column::UserId.eq(viewer.id()))
    }
}

impl account_deletion::Entity {
    /// One's own; all for those who may read accounts.
    #[expect(clippy::disallowed_methods, reason = "a request is never soft-deleted: there is nothing to leave out")]
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        let which = if sees_accounts(viewer) {
            Expr::val(true)
        } else {
            account_deletion::Column::UserId.into_simple_expr().eq(viewer.id())
        };
        Self::find().filter(which)
    }
}

impl user_session::Entity {
    /// One's own, still going or ended.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        Self::live().filter(user_session::Column::UserId.eq(viewer.id()))
    }
}
