use kernel::{ApiTokenId, AuditRecord, Error, Event, Permit, Result, SessionId, Tx, allow};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QuerySelect, Set, sea_query::Expr};

use crate::{
    ApiTokenRow, api_token,
    policy::{End, Manage, Own, Revoke},
    user,
    user_session::{ActiveModel, Column, Entity, Model},
};

/// Ends one of the viewer's sessions; its tokens are dead at once. Ending an ended one changes nothing.
pub async fn revoke_session(tx: &mut Tx, session: SessionId) -> Result<Model> {
    let user = tx.viewer.person()?;
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(session)).one(&tx.conn).await?;
    let permit = allow::<End, _>(&tx.viewer, found.ok_or(Error::NotFound)?)?;
    tx.emit(Event::SessionsEnded { user });
    if permit.is_active {
        tx.record(AuditRecord::new("session.ended", session)).await?;
    }
    tx.update(permit, |session: &mut ActiveModel| session.is_active = Set(false)).await
}

/// Takes an API token of the viewer's back: it no longer works. Of one that was revoked before the time stays.
pub async fn revoke_api_token(tx: &mut Tx, token: ApiTokenId) -> Result<ApiTokenRow> {
    let user = tx.viewer.person()?;
    let found = api_token::Entity::visible_to(&tx.viewer).filter(api_token::Column::Id.eq(token)).lock_exclusive();
    let permit = allow::<Revoke, _>(&tx.viewer, found.one(&tx.conn).await?.ok_or(Error::NotFound)?)?;
    if permit.revoked_at.is_some() {
        return Ok(permit.into_row().into());
    }
    tx.emit(Event::SessionsEnded { user });
    tx.record(AuditRecord::new("api_token.revoked", token)).await?;
    let now = tx.now;
    Ok(tx.update(permit, |token: &mut api_token::ActiveModel| token.revoked_at = Set(Some(now))).await?.into())
}

/// Ends every session of the account.
pub(crate) async fn revoke_all_sessions<A>(tx: &mut Tx, permit: &Permit<A, user::Model>) -> Result<u64> {
    tx.emit(Event::SessionsEnded { user: permit.id });
    let going = Column::UserId.eq(permit.id).and(Column::IsActive.eq(true));
    tx.change_where::<_, _, Entity>(permit, going, vec![(Column::IsActive, Expr::val(false))]).await
}

/// Takes every API token of the account back.
pub(crate) async fn revoke_all_api_tokens<A>(tx: &mut Tx, permit: &Permit<A, user::Model>) -> Result<()> {
    use api_token::Column::{RevokedAt, UserId};
    let living = UserId.eq(permit.id).and(RevokedAt.is_null());
    let sets = vec![(RevokedAt, Expr::val(tx.now))];
    let revoked = tx.change_where::<_, _, api_token::Entity>(permit, living, sets).await?;
    if revoked > 0 {
        let record = AuditRecord::new("user.api_tokens_revoked", permit.id).with("revokedCount", revoked);
        tx.record(record.by(permit.id)).await?;
    }
    Ok(())
}

/// Ends all of the viewer's sessions but this one; answers how many that were.
pub async fn revoke_other_sessions(tx: &mut Tx) -> Result<u64> {
    let user = tx.viewer.person()?;
    tx.emit(Event::SessionsEnded { user });
    let permit = allow::<Manage, _>(&tx.viewer, Own(user))?;
    let others = Column::UserId.eq(user).and(Column::IsActive.eq(true));
    let others = match tx.viewer.session() {
        Some(current) => others.and(Column::Id.ne(current)),
        None => others,
    };
    let ended = tx.change_where::<_, _, Entity>(&permit, others, vec![(Column::IsActive, Expr::val(false))]).await?;
    if ended > 0 {
        tx.record(AuditRecord::new("user.sessions_ended", user).with("endedCount", ended)).await?;
    }
    Ok(ended)
}
