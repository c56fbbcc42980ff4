use kernel::{AuditRecord, Result, Tx};
use sea_orm::Set;

use crate::{
    Letter, UserStatus,
    email::check_email,
    one_time::{drop_tokens, redeem},
    one_time_token::Purpose,
    user::{ActiveModel, Model},
};

/// Uses up the token of a verification letter: the address is its account's. A pending account becomes active.
pub async fn verify_email(tx: &mut Tx, token: &str) -> Result<Model> {
    let (permit, _) = redeem(tx, token, Purpose::VerifyEmail).await?;
    drop_tokens(tx, &permit, &[Purpose::VerifyEmail]).await?;
    tx.record(AuditRecord::new("user.email_verified", permit.id).by(permit.id)).await?;
    tx.update(permit, show_address).await
}

/// Sends the verification letter again. The same happens whether the address has an account or not.
pub async fn resend_verification(tx: &mut Tx, email: &str) -> Result<()> {
    let email = check_email(email, "email")?.to_string();
    tx.enqueue(&Letter::VerifyEmail { email }).await?;
    Ok(())
}

/// Whoever could read a letter to the address has it.
pub(crate) fn show_address(user: &mut ActiveModel) {
    user.email_verified = Set(true);
    if user.status.as_ref() == &UserStatus::Pending {
        user.status = Set(UserStatus::Active);
    }
}
