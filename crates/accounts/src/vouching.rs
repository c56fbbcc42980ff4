//! What other contexts ask of a person before they make them part of something.

use std::sync::Arc;

use kernel::{Permission, Result, SessionId, SignedIn, Tx, UserId, Viewer};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, prelude::Uuid};

use crate::{authenticating::rights_of, email_key, user};

/// Is this an active account? If so it stays one until the transaction ends: nobody is erased or suspended meanwhile.
pub async fn stays_active(tx: &Tx, user: UserId) -> Result<bool> {
    let found = user::Entity::active_users().filter(user::Column::Id.eq(user)).lock_shared();
    Ok(found.one(&tx.conn).await?.is_some())
}

/// The active account with this address, once it has shown that the address is its own: anybody can register with
/// another's.
pub async fn active_by_email(tx: &Tx, email: &str) -> Result<Option<UserId>> {
    let found = user::Entity::active_users()
        .filter(user::Column::EmailKey.eq(email_key(email)))
        .filter(user::Column::EmailVerified.eq(true));
    Ok(found.one(&tx.conn).await?.map(|user| user.id))
}

/// The same of one that may have courses of its own.
pub async fn stays_teacher(tx: &Tx, user: UserId) -> Result<bool> {
    Ok(stays_active(tx, user).await? && rights_of(tx, user).await?.contains(Permission::CoursesCreate))
}

/// The eyes of this person, for what goes on after the request that they made: they see what they may see by now. None when
/// the account is not active. By no session: nothing is ever written by it.
pub async fn on_behalf_of(tx: &Tx, user: UserId) -> Result<Option<Viewer>> {
    let found = user::Entity::active_users().filter(user::Column::Id.eq(user));
    if found.one(&tx.conn).await?.is_none() {
        return Ok(None);
    }
    let permissions = rights_of(tx, user).await?;
    Ok(Some(Viewer::User(Arc::new(SignedIn { user, session: SessionId(Uuid::nil()), permissions }))))
}
