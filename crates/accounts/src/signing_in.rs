use kernel::{AuditRecord, Db, Error, Live, Result, Tx, UserId, allow};
use sea_orm::{ColumnTrait, QueryFilter, Set};
use serde_json::json;

use crate::{
    Passwords, Tokens,
    email::email_key,
    policy::{SignIn, can_sign_in},
    rules::{INVALID_CREDENTIALS, PASSWORD_WRONG},
    tokens::{session_key, token_hash},
    user, user_session,
};

/// A longer password than any account has is wrong without the work of hashing megabytes.
const MAX_BYTES: usize = 1024;

/// What somebody shows to sign in.
pub struct Credentials {
    pub email: String,
    pub password: String,
}

/// The device somebody signs in from.
#[derive(Clone, Default)]
pub struct Device {
    pub ip: String,
    pub user_agent: String,
}

impl Credentials {
    /// Verifies the password outside any transaction. An unknown address, a wrong password and an account that can't
    /// sign in take the same work and get the same answer.
    pub async fn verify(self, db: &Db, passwords: &Passwords) -> Result<UserId> {
        let found =
            user::Entity::live().filter(user::Column::EmailKey.eq(email_key(&self.email))).one(db.read()).await?;
        let stored = found.as_ref().and_then(|user| user.password.clone());
        let password = if self.password.len() > MAX_BYTES { String::new() } else { self.password };
        let fits = passwords.verify(password, stored).await?;
        found.filter(|user| fits && can_sign_in(user)).map(|user| user.id).ok_or_else(|| INVALID_CREDENTIALS.into())
    }
}

/// Is this the account's password? The field is the input's, for when it is not. Outside any transaction, too.
pub async fn verify_own_password(
    db: &Db,
    passwords: &Passwords,
    user: UserId,
    (password, field): (String, &'static str),
) -> Result<()> {
    let found = user::Entity::live().filter(user::Column::Id.eq(user)).one(db.read()).await?.ok_or(Error::NotFound)?;
    let password = if password.len() > MAX_BYTES { String::new() } else { password };
    if passwords.verify(password, found.password).await? { Ok(()) } else { Err(PASSWORD_WRONG.at(field).into()) }
}

/// Starts a session for somebody who has shown all that the account asks for: [`crate::two_factor::enter`] knows.
pub async fn sign_in(tx: &mut Tx, user: UserId, device: Device) -> Result<Tokens> {
    let found = user::Entity::live().filter(user::Column::Id.eq(user)).one(&tx.conn).await?;
    let permit = allow::<SignIn, _>(&tx.viewer, found.ok_or(Error::NotFound)?)?;
    let tokens = Tokens::new(tx)?;
    let session = user_session::ActiveModel {
        id: Set(tx.new_id()?),
        user_id: Set(user),
        session_key: Set(session_key(tx)?),
        access_token: Set(token_hash(&tokens.access)),
        refresh_token: Set(token_hash(&tokens.refresh)),
        ip_address: Set(device.ip.clone()),
        user_agent: Set(device.user_agent.clone()),
        device_info: Set(json!({})),
        expires_at: Set(tokens.expires_at),
        refresh_expires_at: Set(tokens.refresh_expires_at),
        is_active: Set(true),
        last_activity: Set(tx.now),
        ..Default::default()
    };
    let session = tx.insert(&permit, session).await?.id;
    let now = tx.now;
    tx.update(permit, |user: &mut user::ActiveModel| {
        user.last_login = Set(Some(now));
        user.last_login_ip = Set(Some(device.ip));
        user.last_login_device = Set(device.user_agent);
    })
    .await?;
    tx.record(AuditRecord::new("session.started", session).by(user)).await?;
    Ok(tokens)
}
