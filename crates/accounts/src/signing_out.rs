use kernel::{AuditRecord, Error, Event, Result, Tx, allow};
use sea_orm::{ColumnTrait, QueryFilter, Set};

use crate::{policy::End, user_session};

/// Ends the session that the request came with; its tokens are dead at once.
pub async fn sign_out(tx: &mut Tx) -> Result<()> {
    let user = tx.viewer.person()?;
    let id = tx.viewer.session().ok_or(Error::Unauthenticated)?;
    let found =
        user_session::Entity::visible_to(&tx.viewer).filter(user_session::Column::Id.eq(id)).one(&tx.conn).await?;
    let permit = allow::<End, _>(&tx.viewer, found.ok_or(Error::NotFound)?)?;
    tx.update(permit, |session: &mut user_session::ActiveModel| session.is_active = Set(false)).await?;
    tx.emit(Event::SessionsEnded { user });
    tx.record(AuditRecord::new("session.ended", id)).await?;
    Ok(())
}
