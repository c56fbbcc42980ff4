use kernel::{AuditRecord, Error, Live, Result, Tx};
use sea_orm::{ColumnTrait, QueryFilter, Set, sea_query::Expr};

use super::{
    codes::{step_of, totp},
    recovering::new_codes,
};
use crate::{
    Letter, SecretKey,
    editing::own_account,
    revoking::revoke_other_sessions,
    rules::{EMAIL_NOT_VERIFIED, TWO_FACTOR_ALREADY_ON, TWO_FACTOR_CODE_WRONG, TWO_FACTOR_NOT_STARTED},
    totp_secret::{ActiveModel, Column, Entity},
    user,
};

/// What goes into an authenticator app. Shown once.
pub struct Started {
    /// In base32, for typing.
    pub secret: String,
    /// The same and the account's name, for scanning.
    pub uri: String,
}

/// Makes a secret for the viewer, whose password was verified. Until it is confirmed it does nothing, and another start
/// replaces it.
pub async fn start_totp(tx: &mut Tx, key: &SecretKey) -> Result<Started> {
    let permit = own_account(tx).await?;
    if permit.two_factor_enabled {
        return Err(TWO_FACTOR_ALREADY_ON.into());
    }
    if !permit.email_verified {
        return Err(EMAIL_NOT_VERIFIED.into());
    }
    let (user, secret) = (permit.id, tx.random::<20>()?);
    let totp = totp(secret.to_vec(), &permit.email)?;
    tx.unlink::<_, _, Entity>(&permit, Column::UserId.eq(user)).await?;
    let row = ActiveModel {
        id: Set(tx.new_id()?),
        user_id: Set(user),
        secret: Set(key.seal(tx, user, &secret)?),
        last_step: Set(0),
        ..Default::default()
    };
    tx.insert(&permit, row).await?;
    tx.record(AuditRecord::new("user.two_factor_started", user)).await?;
    let uri = totp.to_url().map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Started { secret: totp.secret().to_base32(), uri })
}

/// The app shows the right code: from now on a password alone is not enough. Answers the recovery codes, and ends the
/// other sessions, which began with less.
pub async fn confirm_totp(tx: &mut Tx, key: &SecretKey, code: &str) -> Result<Vec<String>> {
    let permit = own_account(tx).await?;
    if permit.two_factor_enabled {
        return Err(TWO_FACTOR_ALREADY_ON.into());
    }
    let user = permit.id;
    let started = Entity::live().filter(Column::UserId.eq(user)).filter(Column::ConfirmedAt.is_null());
    let started = started.one(&tx.conn).await?.ok_or(TWO_FACTOR_NOT_STARTED)?;
    let step = step_of(tx, key, &started, code)?.ok_or(TWO_FACTOR_CODE_WRONG.at("code"))?;
    let sets = vec![(Column::ConfirmedAt, Expr::val(tx.now)), (Column::LastStep, Expr::val(step))];
    tx.change_where::<_, _, Entity>(&permit, Column::Id.eq(started.id), sets).await?;
    let codes = new_codes(tx, &permit, user).await?;
    tx.update(permit, |row: &mut user::ActiveModel| row.two_factor_enabled = Set(true)).await?;
    tx.record(AuditRecord::new("user.two_factor_enabled", user)).await?;
    revoke_other_sessions(tx).await?;
    tx.enqueue(&Letter::TwoFactorEnabled { user }).await?;
    Ok(codes)
}
