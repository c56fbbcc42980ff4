//! From a token to the person behind it.

use chrono::{DateTime, Utc};
use kernel::{Db, Permission, Permissions, Result, SessionId, SignedIn, UserId, dialect};
use sea_orm::{
    ExprTrait, FromQueryResult,
    sea_query::{Expr, Query, SelectStatement},
};

use crate::{UserStatus, role, role_permission, tokens::token_hash, user, user_role, user_session};

#[derive(FromQueryResult)]
struct Found {
    session: SessionId,
    user: UserId,
    is_superuser: bool,
    permissions: Option<String>,
}

/// Who holds this access token, with all rights their active roles give them: one statement. `None` when the token is
/// unknown, expired or revoked, or the account can't sign in (any more).
pub async fn authenticate(db: &Db, token: &str, now: DateTime<Utc>) -> Result<Option<SignedIn>> {
    let statement = db.backend().build(&holder(db, token, now));
    let found = Found::find_by_statement(statement).one(db.read()).await?;
    Ok(found.map(|found| SignedIn { user: found.user, session: found.session, permissions: permissions(&found) }))
}

fn permissions(found: &Found) -> Permissions {
    if found.is_superuser {
        return Permissions::all();
    }
    found.permissions.iter().flat_map(|codes| codes.split(',')).filter_map(Permission::from_code).collect()
}

fn holder(db: &Db, token: &str, now: DateTime<Utc>) -> SelectStatement {
    use user::Column as U;
    use user_session::Column as S;
    let (user, session) = (user::Entity, user_session::Entity);
    Query::select()
        .expr_as(Expr::col((session, S::Id)), "session")
        .expr_as(Expr::col((user, U::Id)), "user")
        .expr_as(Expr::col((user, U::IsSuperuser)), "is_superuser")
        .expr_as(Expr::SubQuery(None, Box::new(granted(db).into())), "permissions")
        .from(session)
        .inner_join(user, Expr::col((user, U::Id)).equals((session, S::UserId)))
        .and_where(Expr::col((session, S::AccessToken)).eq(token_hash(token)))
        .and_where(Expr::col((session, S::IsActive)).eq(true))
        .and_where(Expr::col((session, S::IsDeleted)).eq(false))
        .and_where(Expr::col((session, S::ExpiresAt)).gt(now))
        .and_where(Expr::col((user, U::IsActive)).eq(true))
        .and_where(Expr::col((user, U::Status)).eq(UserStatus::Active))
        .and_where(Expr::col((user, U::IsDeleted)).eq(false))
        .take()
}

/// The codes of all permissions of the outer statement's user.
fn granted(db: &Db) -> SelectStatement {
    use role_permission::Column as P;
    let (given, role, holds) = (user_role::Entity, role::Entity, role_permission::Entity);
    Query::select()
        .expr(dialect::joined(db.backend(), Expr::col((holds, P::Permission))))
        .from(given)
        .inner_join(role, Expr::col((role, role::Column::Id)).equals((given, user_role::Column::RoleId)))
        .inner_join(holds, Expr::col((holds, P::RoleId)).equals((role, role::Column::Id)))
        .and_where(Expr::col((given, user_role::Column::UserId)).equals((user::Entity, user::Column::Id)))
        .and_where(Expr::col((role, role::Column::IsActive)).eq(true))
        .and_where(Expr::col((role, role::Column::IsDeleted)).eq(false))
        .take()
}
