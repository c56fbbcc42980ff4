//! What other contexts ask of a person before they make them part of something.

use kernel::{Permission, Result, Tx, UserId};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};

use crate::{authenticating::rights_of, user};

/// Is this an active account? If so it stays one until the transaction ends: nobody is erased or suspended meanwhile.
pub async fn stays_active(tx: &Tx, user: UserId) -> Result<bool> {
    let found = user::Entity::active_users().filter(user::Column::Id.eq(user)).lock_shared();
    Ok(found.one(&tx.conn).await?.is_some())
}

/// The same of one that may have courses of its own.
pub async fn stays_teacher(tx: &Tx, user: UserId) -> Result<bool> {
    Ok(stays_active(tx, user).await? && rights_of(tx, user).await?.contains(Permission::CoursesCreate))
}
