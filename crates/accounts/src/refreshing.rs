use chrono::Duration;
use kernel::{AuditRecord, Event, Live, Permit, Result, SessionId, Tx, UserId, allow};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, Set, sea_query::Expr};

use crate::{
    Tokens,
    policy::{Held, Refresh},
    spent_refresh_token,
    tokens::token_hash,
    user, user_session,
    user_session::Column,
};

/// A client that sends the same refresh twice within this time is clumsy, not a thief.
const GRACE_SECONDS: i64 = 10;

/// What came of a refresh. Not an error: a reused token ends its session, and that must be committed.
pub enum Refreshed {
    /// New tokens; the old ones are dead.
    Done { user: UserId, tokens: Tokens },
    /// Used a moment ago, by a client that sent it twice: whoever has the first answer goes on with that.
    JustUsed,
    /// Unknown, expired, revoked or used before.
    Refused,
}

/// Exchanges a refresh token for new tokens. Each works once: of two at the same time one wins, and showing a used one
/// after the grace ends the session, since either it or its successor was stolen.
pub async fn refresh(tx: &mut Tx, token: &str) -> Result<Refreshed> {
    let hash = token_hash(token);
    let session = user_session::Entity::live()
        .filter(Column::RefreshToken.eq(&hash))
        .filter(Column::IsActive.eq(true))
        .filter(Column::RefreshExpiresAt.gt(tx.now))
        .one(&tx.conn)
        .await?;
    if let Some(session) = session {
        let owner = user::Entity::active_users().filter(user::Column::Id.eq(session.user_id)).one(&tx.conn).await?;
        let (id, user) = (session.id, session.user_id);
        let permit = allow::<Refresh, _>(&tx.viewer, Held(session))?;
        if owner.is_none() {
            return Ok(Refreshed::Refused);
        }
        if let Some(tokens) = rotate(tx, &permit, id, &hash).await? {
            return Ok(Refreshed::Done { user, tokens });
        }
    }
    shown_again(tx, &hash).await
}

/// `None` when somebody else was faster.
async fn rotate(tx: &Tx, permit: &Permit<Refresh, Held>, id: SessionId, old: &str) -> Result<Option<Tokens>> {
    let tokens = Tokens::new(tx)?;
    let sets = vec![
        (Column::AccessToken, Expr::val(token_hash(&tokens.access))),
        (Column::RefreshToken, Expr::val(token_hash(&tokens.refresh))),
        (Column::ExpiresAt, Expr::val(tokens.expires_at)),
        (Column::RefreshExpiresAt, Expr::val(tokens.refresh_expires_at)),
        (Column::LastActivity, Expr::val(tx.now)),
    ];
    let unused = Column::Id.eq(id).and(Column::RefreshToken.eq(old)).and(Column::IsActive.eq(true));
    if tx.change_where::<_, _, user_session::Entity>(permit, unused, sets).await? == 0 {
        return Ok(None);
    }
    let spent =
        spent_refresh_token::ActiveModel { token_hash: Set(old.into()), session_id: Set(id), spent_at: Set(tx.now) };
    tx.link(permit, vec![spent]).await?;
    Ok(Some(tokens))
}

/// What comes of a token that no session waits for.
async fn shown_again(tx: &mut Tx, hash: &str) -> Result<Refreshed> {
    let Some(spent) = spent(tx, hash).await? else {
        return Ok(Refreshed::Refused);
    };
    let session = user_session::Entity::live()
        .filter(Column::Id.eq(spent.session_id))
        .filter(Column::IsActive.eq(true))
        .one(&tx.conn)
        .await?;
    match session {
        None => Ok(Refreshed::Refused),
        Some(_) if tx.now - spent.spent_at <= Duration::seconds(GRACE_SECONDS) => Ok(Refreshed::JustUsed),
        Some(session) => end_stolen(tx, session).await,
    }
}

async fn end_stolen(tx: &mut Tx, session: user_session::Model) -> Result<Refreshed> {
    let user = session.user_id;
    let permit = allow::<Refresh, _>(&tx.viewer, Held(session))?;
    let sets = vec![(Column::IsActive, Expr::val(false))];
    tx.change_where::<_, _, user_session::Entity>(&permit, Column::Id.eq(permit.0.id), sets).await?;
    tx.emit(Event::SessionsEnded { user });
    tx.record(AuditRecord::new("session.token_reused", permit.0.id)).await?;
    Ok(Refreshed::Refused)
}

#[expect(clippy::disallowed_methods, reason = "a spent token is never soft-deleted")]
async fn spent(tx: &Tx, hash: &str) -> Result<Option<spent_refresh_token::Model>> {
    Ok(spent_refresh_token::Entity::find_by_id(hash).one(&tx.conn).await?)
}
