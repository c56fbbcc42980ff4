use kernel::{AuditRecord, Check, Db, Result, Tx, UserId};
use sea_orm::Set;

use crate::{
    Passwords, editing::own_account, passwords::check_password, revoking::revoke_other_sessions, rules::PASSWORD_SAME,
    signing_in::verify_own_password, two_factor::end_challenges, user::ActiveModel,
};

/// The old password and the new one, which is a good one.
pub struct PasswordChange {
    current: String,
    new: String,
}

impl PasswordChange {
    /// Checks the new password, before anything is counted or hashed.
    pub fn new(current: String, new: String) -> Result<Self> {
        let mut check = Check::new();
        check_password(&mut check, &new, "newPassword");
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

/// Stores the new password and ends all other sessions: whoever knew the old one is out.
pub async fn change_password(tx: &mut Tx, hash: String) -> Result<()> {
    let permit = own_account(tx).await?;
    tx.record(AuditRecord::new("user.password_changed", permit.id)).await?;
    end_challenges(tx, &permit, permit.id).await?;
    tx.update(permit, |row: &mut ActiveModel| row.password = Set(Some(hash))).await?;
    revoke_other_sessions(tx).await?;
    Ok(())
}
