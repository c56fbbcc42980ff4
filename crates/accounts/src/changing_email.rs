use kernel::{AuditRecord, Permit, Result, Tx};
use sea_orm::Set;

use crate::{
    Letter,
    editing::own_account,
    email::{check_email, email_key},
    one_time::{drop_tokens, redeem},
    one_time_token::Purpose,
    policy::Redeem,
    revoking::revoke_all_sessions,
    rules::{EMAIL_SAME, EMAIL_TAKEN},
    user::{ActiveModel, Model},
};

/// Sends a letter to the new address. Nothing changes before its link is followed, and the answer does not tell whether the
/// address has an account. Asked after the password was confirmed.
pub async fn request_email_change(tx: &mut Tx, email: &str) -> Result<()> {
    let email = check_email(email, "email")?.to_string();
    let permit = own_account(tx).await?;
    if email == permit.email {
        return Err(EMAIL_SAME.at("email").into());
    }
    tx.record(AuditRecord::new("user.email_change_requested", permit.id).with("email", &*email)).await?;
    tx.enqueue(&Letter::ConfirmEmailChange { user: permit.id, email }).await?;
    Ok(())
}

/// Puts the new address in force and tells the old one, which can undo it.
pub async fn confirm_email_change(tx: &mut Tx, token: &str) -> Result<Model> {
    let (permit, token) = redeem(tx, token, Purpose::ConfirmEmail).await?;
    let (id, old) = (permit.id, permit.email.clone());
    let user = move_to(tx, permit, token.email).await?;
    tx.enqueue(&Letter::EmailChanging { user: id, old }).await?;
    Ok(user)
}

/// Goes back to the old address. Somebody else may have changed it, so all sessions end, and the old address gets a letter to
/// set a new password.
pub async fn undo_email_change(tx: &mut Tx, token: &str) -> Result<Model> {
    let (permit, token) = redeem(tx, token, Purpose::UndoEmail).await?;
    drop_tokens(tx, &permit, &[Purpose::UndoEmail]).await?;
    revoke_all_sessions(tx, &permit).await?;
    let user = move_to(tx, permit, token.email.clone()).await?;
    tx.enqueue(&Letter::ResetPassword { email: token.email }).await?;
    Ok(user)
}

/// Letters to the address before are no longer good.
async fn move_to(tx: &mut Tx, permit: Permit<Redeem, Model>, email: String) -> Result<Model> {
    let record = AuditRecord::new("user.email_changed", permit.id).change("email", &*permit.email, &*email);
    tx.record(record.by(permit.id)).await?;
    drop_tokens(tx, &permit, &[Purpose::VerifyEmail, Purpose::ResetPassword, Purpose::ConfirmEmail]).await?;
    let moved = tx.update(permit, |user: &mut ActiveModel| {
        user.email_key = Set(email_key(&email));
        user.email = Set(email);
        user.email_verified = Set(true);
    });
    moved.await.map_err(|error| if error.is_taken() { EMAIL_TAKEN.at("token").into() } else { error })
}
