use chrono::{DateTime, Utc};
use kernel::{AuditRecord, Check, Db, Result, Tx};
use sea_orm::Set;

use crate::{
    Letter, Passwords,
    email::check_email,
    one_time::{drop_tokens, holder, redeem, void_requests},
    one_time_token::Purpose,
    password_rules::check_password,
    revoking::revoke_all_sessions,
    two_factor::end_challenges,
    user::{ActiveModel, Model},
    verifying_email::show_address,
};

/// Sends a letter with a link to set a new password. The same happens whether the address has an account or not.
pub async fn request_password_reset(tx: &mut Tx, email: &str) -> Result<()> {
    let email = check_email(email, "email")?.to_string();
    tx.enqueue(&Letter::ResetPassword { email }).await?;
    Ok(())
}

/// A new password by the token of a letter.
pub struct PasswordReset {
    pub token: String,
    pub new: String,
}

impl PasswordReset {
    /// Checks the token and the password, and hashes it, outside any transaction. The token is not used up yet: who chose a
    /// bad password tries again.
    pub async fn hash(&self, db: &Db, passwords: &Passwords, now: DateTime<Utc>) -> Result<String> {
        let user = holder(db, &self.token, Purpose::ResetPassword, now).await?;
        let mut check = Check::new();
        check_password(&mut check, &self.new, &own_words(&user), "newPassword");
        check.done()?;
        passwords.hash(self.new.clone()).await
    }
}

/// Stores the new password, uses up the token and ends all sessions: whoever took the account over is out.
pub async fn reset_password(tx: &mut Tx, token: &str, hash: String) -> Result<Model> {
    let (permit, _) = redeem(tx, token, Purpose::ResetPassword).await?;
    drop_tokens(tx, &permit, &[Purpose::ResetPassword, Purpose::ConfirmEmail]).await?;
    revoke_all_sessions(tx, &permit).await?;
    end_challenges(tx, &permit, permit.id).await?;
    void_requests(tx, permit.id).await?;
    tx.record(AuditRecord::new("user.password_reset", permit.id).by(permit.id)).await?;
    let user = tx.update(permit, |user: &mut ActiveModel| {
        user.password = Set(Some(hash));
        show_address(user);
    });
    let user = user.await?;
    tx.enqueue(&Letter::PasswordChanged { user: user.id, at: tx.now }).await?;
    Ok(user)
}

/// What others know of a person: no password is made of it.
pub(crate) fn own_words(user: &Model) -> Vec<&str> {
    let username = user.username.as_deref().unwrap_or_default();
    vec![&user.email, &user.full_name, &user.display_name, username]
}
