use chrono::{DateTime, Duration, Utc};
use kernel::{Error, Live, Result, Tx, UserId, allow};
use sea_orm::{ColumnTrait, QueryFilter, Set};

use crate::{
    Device, Tokens,
    policy::SignIn,
    signing_in::sign_in,
    tokens::{opaque, token_hash},
    two_factor_challenge, user,
};

const GOOD_FOR_MINUTES: i64 = 5;

/// What the right password leads to.
pub enum Entered {
    Session(Tokens),
    Challenge(Challenge),
}

/// Has to be met with a code. Shown once; only the token's hash is stored.
pub struct Challenge {
    pub token: String,
    pub expires_at: DateTime<Utc>,
}

/// Starts a session for somebody whose password was verified; with two factors a challenge first.
pub async fn enter(tx: &mut Tx, user: UserId, device: Device) -> Result<Entered> {
    let found = user::Entity::live().filter(user::Column::Id.eq(user)).one(&tx.conn).await?;
    let permit = allow::<SignIn, _>(&tx.viewer, found.ok_or(Error::NotFound)?)?;
    if !permit.two_factor_enabled {
        return Ok(Entered::Session(sign_in(tx, user, device).await?));
    }
    let token = opaque("lectern_challenge", tx.random()?);
    let expires_at = tx.now + Duration::minutes(GOOD_FOR_MINUTES);
    let row = two_factor_challenge::ActiveModel {
        id: Set(tx.new_id()?),
        user_id: Set(user),
        token_hash: Set(token_hash(&token)),
        expires_at: Set(expires_at),
        attempts: Set(0),
        ..Default::default()
    };
    tx.insert(&permit, row).await?;
    Ok(Entered::Challenge(Challenge { token, expires_at }))
}
