use kernel::{AuditRecord, Result, Tx};
use sea_orm::{ColumnTrait, Set};

use super::{codes::spend, end_challenges, recovering::forget_codes};
use crate::{
    Letter, SecretKey,
    editing::own_account,
    rules::{TWO_FACTOR_CODE_WRONG, TWO_FACTOR_OFF},
    totp_secret::{Column, Entity},
    user,
};

/// Takes the viewer's second factor away; the password was verified.
pub async fn disable_totp(tx: &mut Tx, key: &SecretKey, code: &str) -> Result<()> {
    let permit = own_account(tx).await?;
    if !permit.two_factor_enabled {
        return Err(TWO_FACTOR_OFF.into());
    }
    let user = permit.id;
    if !spend(tx, &permit, key, user, code).await? {
        return Err(TWO_FACTOR_CODE_WRONG.at("code").into());
    }
    tx.unlink::<_, _, Entity>(&permit, Column::UserId.eq(user)).await?;
    forget_codes(tx, &permit, user).await?;
    end_challenges(tx, &permit, user).await?;
    tx.update(permit, |row: &mut user::ActiveModel| row.two_factor_enabled = Set(false)).await?;
    tx.record(AuditRecord::new("user.two_factor_disabled", user)).await?;
    tx.enqueue(&Letter::TwoFactorDisabled { user }).await?;
    Ok(())
}
