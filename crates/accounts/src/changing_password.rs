use kernel::{AuditRecord, Check, Db, Error, Live, Result, Tx, UserId};
use sea_orm::{ColumnTrait, QueryFilter, Set};

use crate::{
    Letter, Passwords,
    editing::own_account,
    one_time::{drop_tokens, void_requests},
    one_time_token::Purpose,
    password_rules::check_password,
    resetting_password::own_words,
    revoking::revoke_other_sessions,
    rules::PASSWORD_SAME,
    signing_in::verify_own_password,
    two_factor::end_challenges,
    user::{ActiveModel, Column, Entity},
};

/// The old password and the new one, which is a good one.
pub struct PasswordChange {
    current: String,
    new: String,
}

impl PasswordChange {
    /// Checks the new password, before anything is counted or hashed.
    pub async fn new(db: &Db, user: UserId, current: String, new: String) -> Result<Self> {
        let found = Entity::live().filter(Column::Id.eq(user)).one(db.read()).await?.ok_or(Error::NotFound)?;
        let mut check = Check::new();
        check_password(&mut check, &new, &own_words(&found), "newPassword");
        check.require(new != current, PASSWORD_SAME.at("newPassword"));
        check.done()?;
        Ok(Self { current, new })
    }

    /// Verifies the old password and hashes the new one, outside any transaction.
    pub async fn verify(self, db: &Db, passwords: &Passwords, user: UserId) -> Result<String> {
        verify_own_password(db, passwords, user, (self.current, "currentPassword")).await?;
        passwords.hash(self.new).await
    }
}

/// Stores the new password and ends all other sessions: whoever knew the old one is out, and what they
/// asked for is void.
pub async fn change_password(tx: &mut Tx, hash: String) -> Result<()> {
    let permit = own_account(tx).await?;
    tx.record(AuditRecord::new("user.password_changed", permit.id)).await?;
    let user = permit.id;
    end_challenges(tx, &permit, user).await?;
    drop_tokens(tx, &permit, &[Purpose::ConfirmEmail, Purpose::ResetPassword]).await?;
    void_requests(tx, user).await?;
    tx.update(permit, |row: &mut ActiveModel| row.password = Set(Some(hash))).await?;
    revoke_other_sessions(tx).await?;
    tx.enqueue(&Letter::PasswordChanged { user, at: tx.now }).await?;
    Ok(())
}
