//! The second factor: codes of an authenticator app, recovery codes for when it is lost, and the step between the right
//! password and a session.
//!
//! Where two secrets are compared in Rust the time taken does not tell how far they agree: `subtle` for hashes, and
//! `totp-rs` does the same for codes. A hash that is found by an index gives away nothing of what it was made from.

mod challenging;
mod codes;
mod completing;
mod disabling;
mod enabling;
mod recovering;
mod taking_back;

use kernel::{Error, Live, Permit, Result, Tx, UserId, allow};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};

pub use challenging::{Challenge, Entered, enter};
pub use codes::check_key;
pub use completing::{Completed, complete_two_factor};
pub use disabling::disable_totp;
pub use enabling::{Started, confirm_totp, start_totp};
pub use recovering::regenerate_recovery_codes;
pub(crate) use taking_back::take_back;

use crate::{
    policy::{Administer, Registry},
    rules::{TWO_FACTOR_ALREADY_ON, TWO_FACTOR_OFF},
    two_factor_challenge, user,
};

/// Is the account's second factor on, or off, as it has to be? To be asked before a code is counted: one that was not
/// looked at is no guess.
pub async fn expect(db: &impl ConnectionTrait, user: UserId, is_on: bool) -> Result<()> {
    let found = user::Entity::live().filter(user::Column::Id.eq(user)).one(db).await?.ok_or(Error::NotFound)?;
    match (found.two_factor_enabled, is_on) {
        (true, false) => Err(TWO_FACTOR_ALREADY_ON.into()),
        (false, true) => Err(TWO_FACTOR_OFF.into()),
        _ => Ok(()),
    }
}

/// Ends the sign-ins of an account that still wait for a code: the password they began with is no longer good.
pub async fn end_challenges<A, P>(tx: &Tx, permit: &Permit<A, P>, user: UserId) -> Result<()> {
    let own = two_factor_challenge::Column::UserId.eq(user);
    tx.unlink::<_, _, two_factor_challenge::Entity>(permit, own).await?;
    Ok(())
}

/// Removes challenges that can no longer be met; answers how many. For the system.
pub async fn purge(tx: &Tx) -> Result<u64> {
    let permit = allow::<Administer, _>(&tx.viewer, Registry)?;
    let over = two_factor_challenge::Column::ExpiresAt.lte(tx.now);
    tx.unlink::<_, _, two_factor_challenge::Entity>(&permit, over).await
}
