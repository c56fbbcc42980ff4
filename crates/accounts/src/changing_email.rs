use kernel::{AuditRecord, Permit, Result, Tx};
use sea_orm::Set;

use crate::{
    Letter,
    deleting_account::keep_after_all,
    editing::own_account,
    email::{check_email, email_key},
    holding::{hold, is_held_from, release},
    one_time::{drop_tokens, drop_undos, redeem, void_requests},
    one_time_token::Purpose,
    policy::Redeem,
    revoking::{revoke_all_api_tokens, revoke_all_sessions},
    rules::{EMAIL_SAME, EMAIL_TAKEN},
    two_factor::{end_challenges, take_back},
    user::{ActiveModel, Model},
};

/// Sends a letter to the new address. Nothing changes before its link is followed, and the answer does not tell whether the
/// address has an account. Asked after the password was confirmed.
pub async fn request_email_change(tx: &mut Tx, email: &str) -> Result<()> {
    let email = check_email(email, "email")?.to_string();
    let permit = own_account(tx).await?;
    if email_key(&email) == permit.email_key {
        return Err(EMAIL_SAME.at("email").into());
    }
    tx.record(AuditRecord::new("user.email_change_requested", permit.id).with("email", &*email)).await?;
    let (user, at, credentials) = (permit.id, tx.now, permit.credentials_version);
    tx.enqueue(&Letter::ConfirmEmailChange { user, email, at, credentials }).await?;
    Ok(())
}

/// Puts the new address in force and tells the old one, which can undo it, and is nobody else's until then.
pub async fn confirm_email_change(tx: &mut Tx, token: &str) -> Result<Model> {
    let (permit, token) = redeem(tx, token, Purpose::ConfirmEmail).await?;
    let (id, old, at) = (permit.id, permit.email.clone(), tx.now);
    hold(tx, &permit, at + Purpose::UndoEmail.lifetime()).await?;
    let user = move_to(tx, permit, token.email, |_| {}).await?;
    tx.enqueue(&Letter::EmailChanging { user: id, old, at }).await?;
    Ok(user)
}

/// Goes back to the old address. Somebody else may have changed it, with the password: so all that lets one in ends, what
/// was set up since goes, and the old address gets a letter to set a new password. The links that undo earlier changes
/// stay good: a thief can't undo their own last change to keep the first.
pub async fn undo_email_change(tx: &mut Tx, token: &str) -> Result<Model> {
    let (permit, token) = redeem(tx, token, Purpose::UndoEmail).await?;
    drop_undos(tx, &permit, token.issued_at).await?;
    release(tx, &permit, token.expires_at).await?;
    revoke_all_sessions(tx, &permit).await?;
    revoke_all_api_tokens(tx, &permit).await?;
    end_challenges(tx, &permit, permit.id).await?;
    keep_after_all(tx, &permit).await?;
    let is_off = take_back(tx, &permit, token.issued_at).await?;
    let user = move_to(tx, permit, token.email.clone(), |user| {
        user.password = Set(None);
        if is_off {
            user.two_factor_enabled = Set(false);
        }
    });
    let user = user.await?;
    tx.enqueue(&Letter::ResetPassword { email: token.email }).await?;
    Ok(user)
}

/// Letters to the address before are no longer good.
async fn move_to(
    tx: &mut Tx,
    permit: Permit<Redeem, Model>,
    email: String,
    change: impl FnOnce(&mut ActiveModel),
) -> Result<Model> {
    let record = AuditRecord::new("user.email_changed", permit.id).change("email", &*permit.email, &*email);
    tx.record(record.by(permit.id)).await?;
    drop_tokens(tx, &permit, &[Purpose::VerifyEmail, Purpose::ResetPassword, Purpose::ConfirmEmail]).await?;
    void_requests(tx, permit.id).await?;
    let moved = tx.update(permit, |user: &mut ActiveModel| {
        user.email_key = Set(email_key(&email));
        user.email = Set(email);
        user.email_verified = Set(true);
        change(user);
    });
    let taken = || kernel::Error::from(EMAIL_TAKEN.at("token"));
    let moved = moved.await.map_err(|error| if error.is_taken() { taken() } else { error })?;
    match is_held_from(&tx.conn, &moved.email_key, Some(moved.id), tx.now).await? {
        true => Err(taken()),
        false => Ok(moved),
    }
}
