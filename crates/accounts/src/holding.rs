//! An address that an account has left stays its own for as long as it can go back: whoever stole the account could else
//! take the address away for good, by registering with it.

use chrono::{DateTime, Utc};
use kernel::{Permit, Result, Tx, UserId, allow};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, Set, sea_query::OnConflict,
};

use crate::{
    held_address::{ActiveModel, Column, Entity},
    policy::{Registry, TidyUp},
    user,
};

/// Keeps the account's address for it until then.
pub(crate) async fn hold<A>(tx: &Tx, permit: &Permit<A, user::Model>, until: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel { email_key: Set(permit.email_key.clone()), user_id: Set(permit.id), held_until: Set(until) };
    // A row that is there is the account's own, or over.
    let mut anew = OnConflict::column(Column::EmailKey);
    anew.update_columns([Column::UserId, Column::HeldUntil]);
    tx.put(permit, row, anew).await?;
    Ok(())
}

/// Is the address kept for somebody else? To be asked after it was taken, in the same transaction: the unique index has
/// made whoever takes an address wait for who leaves it.
#[expect(clippy::disallowed_methods, reason = "what is held is never soft-deleted")]
pub(crate) async fn is_held_from(
    db: &impl ConnectionTrait,
    email_key: &str,
    user: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let held = Entity::find_by_id(email_key).filter(Column::HeldUntil.gt(now));
    let held = match user {
        Some(user) => held.filter(Column::UserId.ne(user)),
        None => held,
    };
    Ok(held.count(db).await? > 0)
}

/// Lets go of what the account has left since: it has gone back behind that.
pub(crate) async fn release<A>(tx: &Tx, permit: &Permit<A, user::Model>, until_at_least: DateTime<Utc>) -> Result<()> {
    let later = Column::UserId.eq(permit.id).and(Column::HeldUntil.gte(until_at_least));
    tx.unlink::<_, _, Entity>(permit, later).await?;
    Ok(())
}

/// Forgets what is held no longer; answers how much that was.
pub(crate) async fn purge(tx: &Tx) -> Result<u64> {
    let permit = allow::<TidyUp, _>(&tx.viewer, Registry)?;
    tx.unlink::<_, _, Entity>(&permit, Column::HeldUntil.lte(tx.now)).await
}
