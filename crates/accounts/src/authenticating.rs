//! From a token to the viewer behind it.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use kernel::{
    ApiTokenId, Db, Permission, Permissions, Result, Service, SessionId, SignedIn, Tx, UserId, Viewer, dialect,
};
use sea_orm::{
    ConnectionTrait, DbBackend, ExprTrait, FromQueryResult, QuerySelect, QueryTrait,
    sea_query::{Expr, Query, SelectStatement},
};

use crate::{
    UserStatus, api_token, api_token_permission, noting_use::is_due, role, role_permission, tokens::API_TOKEN,
    tokens::token_hash, user, user_role, user_session,
};

/// Who is behind a token.
#[derive(Clone)]
pub struct Known {
    pub viewer: Viewer,
    /// The use of the session or token should be noted, by [`crate::note_use`].
    pub is_due: bool,
    /// When the token ends by itself.
    until: Option<DateTime<Utc>>,
}

impl Known {
    /// Has the token's time not come yet?
    pub fn is_good(&self, now: DateTime<Utc>) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

/// Who shows this token, of whatever kind, with all rights that come with it: one statement. `None` when the token is
/// unknown, expired or revoked, or its owner can't sign in (any more).
pub async fn identify(db: &Db, token: &str, now: DateTime<Utc>) -> Result<Option<Known>> {
    let hash = Expr::val(token_hash(token));
    if token.strip_prefix(API_TOKEN).is_some_and(|rest| rest.starts_with('_')) {
        service(db, Expr::col((api_token::Entity, api_token::Column::TokenHash)).eq(hash), now).await
    } else {
        session(db, Expr::col((user_session::Entity, user_session::Column::AccessToken)).eq(hash), now).await
    }
}

/// The same viewer with the rights of now, as long as the session (refreshed or not) or token is good; `None` when it
/// has ended.
pub async fn identify_again(db: &Db, viewer: &Viewer, now: DateTime<Utc>) -> Result<Option<Known>> {
    match viewer {
        Viewer::User(known) => {
            session(db, Expr::col((user_session::Entity, user_session::Column::Id)).eq(known.session), now).await
        }
        Viewer::Service(known) => {
            service(db, Expr::col((api_token::Entity, api_token::Column::Id)).eq(known.token), now).await
        }
        Viewer::Anonymous | Viewer::System => Ok(Some(Known { viewer: viewer.clone(), is_due: false, until: None })),
    }
}

/// The viewer as they are now, if they are still there: the account active, the session not ended and such that it can be
/// refreshed, the token good. For what goes on while nobody asks for anything else.
pub async fn still_there(db: &Db, viewer: &Viewer, now: DateTime<Utc>) -> Result<Option<Viewer>> {
    use user_session::Column::{Id, RefreshExpiresAt};
    let known = match viewer {
        Viewer::User(known) => {
            let which = Expr::col((user_session::Entity, Id)).eq(known.session);
            session_until(db, which, RefreshExpiresAt, now).await?
        }
        viewer => identify_again(db, viewer, now).await?,
    };
    Ok(known.map(|known| known.viewer))
}

/// The person with this access token.
pub async fn authenticate(db: &Db, token: &str, now: DateTime<Utc>) -> Result<Option<SignedIn>> {
    Ok(identify(db, token, now).await?.and_then(|known| match known.viewer {
        Viewer::User(signed_in) => Some(Arc::unwrap_or_clone(signed_in)),
        _ => None,
    }))
}

#[derive(FromQueryResult)]
struct FoundSession {
    session: SessionId,
    user: UserId,
    is_superuser: bool,
    permissions: Option<String>,
    last_activity: DateTime<Utc>,
    until: DateTime<Utc>,
}

async fn session(db: &Db, which: Expr, now: DateTime<Utc>) -> Result<Option<Known>> {
    session_until(db, which, user_session::Column::ExpiresAt, now).await
}

async fn session_until(db: &Db, which: Expr, until: user_session::Column, now: DateTime<Utc>) -> Result<Option<Known>> {
    use user_session::Column as S;
    let session = user_session::Entity;
    let statement = owned(db.backend())
        .expr_as(Expr::col((session, S::Id)), "session")
        .expr_as(Expr::col((session, S::LastActivity)), "last_activity")
        .expr_as(Expr::col((session, until)), "until")
        .from(session)
        .inner_join(user::Entity, Expr::col((user::Entity, user::Column::Id)).equals((session, S::UserId)))
        .and_where(which)
        .and_where(Expr::col((session, S::IsActive)).eq(true))
        .and_where(Expr::col((session, S::IsDeleted)).eq(false))
        .and_where(Expr::col((session, until)).gt(now))
        .take();
    let found = FoundSession::find_by_statement(db.backend().build(&statement)).one(db.read()).await?;
    Ok(found.map(|found| {
        let permissions = held(found.is_superuser, found.permissions.as_deref());
        let signed_in = SignedIn { user: found.user, session: found.session, permissions };
        let is_due = is_due(Some(found.last_activity), now);
        Known { viewer: Viewer::User(Arc::new(signed_in)), is_due, until: Some(found.until) }
    }))
}

#[derive(FromQueryResult)]
struct FoundToken {
    token: ApiTokenId,
    user: UserId,
    is_superuser: bool,
    permissions: Option<String>,
    scopes: Option<String>,
    last_used_at: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
}

async fn service(db: &Db, which: Expr, now: DateTime<Utc>) -> Result<Option<Known>> {
    use api_token::Column as T;
    let token = api_token::Entity;
    let expires = Expr::col((token, T::ExpiresAt));
    let statement = owned(db.backend())
        .expr_as(Expr::col((token, T::Id)), "token")
        .expr_as(Expr::col((token, T::LastUsedAt)), "last_used_at")
        .expr_as(expires.clone(), "until")
        .expr_as(Expr::SubQuery(None, Box::new(scopes(db.backend()).into())), "scopes")
        .from(token)
        .inner_join(user::Entity, Expr::col((user::Entity, user::Column::Id)).equals((token, T::UserId)))
        .and_where(which)
        .and_where(Expr::col((token, T::RevokedAt)).is_null())
        .and_where(Expr::col((token, T::IsDeleted)).eq(false))
        .and_where(expires.clone().is_null().or(expires.gt(now)))
        .take();
    let found = FoundToken::find_by_statement(db.backend().build(&statement)).one(db.read()).await?;
    Ok(found.map(|found| {
        let owners = held(found.is_superuser, found.permissions.as_deref());
        let permissions = listed(found.scopes.as_deref()).and(owners);
        let service = Service { owner: found.user, token: found.token, permissions };
        let is_due = is_due(found.last_used_at, now);
        Known { viewer: Viewer::Service(Arc::new(service)), is_due, until: found.until }
    }))
}

/// What people may do, as far as the viewer may see their accounts; nothing, when an account is not active.
pub async fn permissions_of_users(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[UserId],
) -> Result<HashMap<UserId, Permissions>> {
    #[derive(FromQueryResult)]
    struct Found {
        user: UserId,
        is_superuser: bool,
        permissions: Option<String>,
    }
    let id = (user::Entity, user::Column::Id);
    let visible = user::Entity::visible_to(viewer).select_only().column(user::Column::Id).into_query();
    let statement = owned(db.get_database_backend())
        .from(user::Entity)
        .and_where(dialect::any_of(db.get_database_backend(), id, ids))
        .and_where(Expr::col(id).in_subquery(visible))
        .take();
    let found = Found::find_by_statement(db.get_database_backend().build(&statement)).all(db).await?;
    Ok(found.into_iter().map(|row| (row.user, held(row.is_superuser, row.permissions.as_deref()))).collect())
}

/// What somebody else may do; nothing, when the account is not active.
pub(crate) async fn rights_of(tx: &Tx, user: UserId) -> Result<Permissions> {
    let mut found = permissions_of_users(&tx.conn, &Viewer::System, &[user]).await?;
    Ok(found.remove(&user).unwrap_or_default())
}

fn held(is_superuser: bool, codes: Option<&str>) -> Permissions {
    if is_superuser { Permissions::all() } else { listed(codes) }
}

fn listed(codes: Option<&str>) -> Permissions {
    codes.iter().flat_map(|codes| codes.split(',')).filter_map(Permission::from_code).collect()
}

/// What is read of the owner of whatever the statement is about: only when they can sign in.
fn owned(backend: DbBackend) -> SelectStatement {
    use user::Column as U;
    let user = user::Entity;
    Query::select()
        .expr_as(Expr::col((user, U::Id)), "user")
        .expr_as(Expr::col((user, U::IsSuperuser)), "is_superuser")
        .expr_as(Expr::SubQuery(None, Box::new(granted(backend).into())), "permissions")
        .and_where(Expr::col((user, U::IsActive)).eq(true))
        .and_where(Expr::col((user, U::Status)).eq(UserStatus::Active))
        .and_where(Expr::col((user, U::IsDeleted)).eq(false))
        .take()
}

/// The codes of all permissions of the outer statement's user.
fn granted(backend: DbBackend) -> SelectStatement {
    use role_permission::Column as P;
    let (given, role, holds) = (user_role::Entity, role::Entity, role_permission::Entity);
    Query::select()
        .expr(dialect::joined(backend, Expr::col((holds, P::Permission))))
        .from(given)
        .inner_join(role, Expr::col((role, role::Column::Id)).equals((given, user_role::Column::RoleId)))
        .inner_join(holds, Expr::col((holds, P::RoleId)).equals((role, role::Column::Id)))
        .and_where(Expr::col((given, user_role::Column::UserId)).equals((user::Entity, user::Column::Id)))
        .and_where(Expr::col((role, role::Column::IsActive)).eq(true))
        .and_where(Expr::col((role, role::Column::IsDeleted)).eq(false))
        .take()
}

/// The codes that the outer statement's token was made for.
fn scopes(backend: DbBackend) -> SelectStatement {
    use api_token_permission::Column as P;
    let scope = api_token_permission::Entity;
    Query::select()
        .expr(dialect::joined(backend, Expr::col((scope, P::Permission))))
        .from(scope)
        .and_where(Expr::col((scope, P::TokenId)).equals((api_token::Entity, api_token::Column::Id)))
        .take()
}
