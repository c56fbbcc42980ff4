use kernel::{AuditRecord, Check, Permit, Result, Tx, UserId, allow};
use sea_orm::Set;
use serde_json::json;

use crate::{
    Letter, UserStatus,
    editing::is_name,
    email::{check_email, email_key},
    holding::is_held_from,
    password_rules::check_password,
    policy::{Administer, Register, Registry},
    roles::{BuiltIn, give},
    rules::{EMAIL_TAKEN, FULL_NAME_TOO_LONG, NAME_UNREADABLE},
    user,
};

/// Who wants an account, checked.
pub struct Registration {
    email: String,
    full_name: String,
}

impl Registration {
    /// Checks everything at once, before the password is hashed.
    pub fn new(email: &str, password: &str, full_name: &str) -> Result<Self> {
        let mut check = Check::new();
        let email = check.keep(check_email(email, "email")).unwrap_or_default().to_string();
        let full_name = full_name.trim().to_string();
        check_password(&mut check, password, &[&email, &full_name], "password");
        check.require(full_name.chars().count() <= 255, FULL_NAME_TOO_LONG.at("fullName"));
        check.require(is_name(&full_name), NAME_UNREADABLE.at("fullName"));
        check.done()?;
        Ok(Self { email, full_name })
    }
}

/// Opens an account with the role of a student and sends a letter to verify the address. When it has an account already,
/// or an account has left it and may come back, only the letter is another one, and nothing tells: the answer would say who is here.
pub async fn register(tx: &mut Tx, registration: Registration, password: String) -> Result<()> {
    let permit = allow::<Register, _>(&tx.viewer, Registry)?;
    let email = registration.email.clone();
    let letter = match add(tx, &permit, registration, password, false).await? {
        Some(user) => {
            give(tx, &permit, user, BuiltIn::Student).await?;
            tx.record(AuditRecord::new("user.registered", user).with("email", &*email).by(user)).await?;
            Letter::VerifyEmail { email }
        }
        None => Letter::AlreadyRegistered { email },
    };
    tx.enqueue(&letter).await?;
    Ok(())
}

/// Opens an account that may do everything, for the command line.
pub async fn create_superuser(tx: &mut Tx, registration: Registration, password: String) -> Result<UserId> {
    let permit = allow::<Administer, _>(&tx.viewer, Registry)?;
    let email = registration.email.clone();
    let user = add(tx, &permit, registration, password, true).await?.ok_or(EMAIL_TAKEN.at("email"))?;
    give(tx, &permit, user, BuiltIn::Admin).await?;
    tx.record(AuditRecord::new("user.superuser_created", user).with("email", email)).await?;
    Ok(user)
}

async fn add<A>(
    tx: &mut Tx,
    permit: &Permit<A, Registry>,
    registration: Registration,
    password: String,
    all_rights: bool,
) -> Result<Option<UserId>> {
    let (key, now) = (email_key(&registration.email), tx.now);
    let row = user::ActiveModel {
        id: Set(tx.new_id()?),
        email_key: Set(key.clone()),
        email: Set(registration.email),
        password: Set(Some(password)),
        full_name: Set(registration.full_name),
        display_name: Set(String::new()),
        phone: Set(String::new()),
        bio: Set(String::new()),
        status: Set(UserStatus::Active),
        email_verified: Set(all_rights),
        phone_verified: Set(false),
        two_factor_enabled: Set(false),
        metadata: Set(json!({})),
        preferences: Set(json!({})),
        last_login_device: Set(String::new()),
        is_superuser: Set(all_rights),
        is_staff: Set(all_rights),
        is_active: Set(true),
        date_joined: Set(tx.now),
        ..Default::default()
    };
    let added = tx.insert_unless(permit, row, async |db| is_held_from(db, &key, None, now).await);
    Ok(added.await?.map(|user| user.id))
}
