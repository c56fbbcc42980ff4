use chrono::{DateTime, Utc};
use kernel::{AuditRecord, Permit, Result, Tx};
use sea_orm::{ColumnTrait, ExprTrait};

use crate::{recovery_code, totp_secret, user};

/// Takes away what was set up of the second factor at this time or later: it may be a thief's. Answers whether the account
/// has no second factor because of it; who has set one up before keeps it, and may be left without recovery codes.
pub async fn take_back<A>(tx: &mut Tx, permit: &Permit<A, user::Model>, since: DateTime<Utc>) -> Result<bool> {
    let codes = recovery_code::Column::UserId.eq(permit.id).and(recovery_code::Column::CreatedAt.gte(since));
    tx.unlink::<_, _, recovery_code::Entity>(permit, codes).await?;
    let begun = totp_secret::Column::CreatedAt.gte(since).or(totp_secret::Column::ConfirmedAt.gte(since));
    let secrets = totp_secret::Column::UserId.eq(permit.id).and(begun);
    let is_off = tx.unlink::<_, _, totp_secret::Entity>(permit, secrets).await? > 0 && permit.two_factor_enabled;
    if is_off {
        tx.record(AuditRecord::new("user.two_factor_disabled", permit.id).by(permit.id)).await?;
    }
    Ok(is_off)
}
