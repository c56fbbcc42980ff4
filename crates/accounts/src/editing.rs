use kernel::{AuditRecord, Check, Error, Permit, Result, Tx, UserId, allow};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, Set};
use serde_json::Value;

use crate::{
    policy::{Manage, Show},
    rules::{
        BIO_TOO_LONG, DISPLAY_NAME_TOO_LONG, FULL_NAME_TOO_LONG, NAME_UNREADABLE, PHONE_INVALID, PREFERENCES_INVALID,
        USERNAME_INVALID, USERNAME_TAKEN,
    },
    user::{self, ActiveModel},
};

/// What to change of one's profile; `None` leaves a field as it is, and `Some(None)` takes the username away.
#[derive(Clone, Debug, Default)]
pub struct ProfileChange {
    pub full_name: Option<String>,
    pub display_name: Option<String>,
    pub username: Option<Option<String>>,
    pub phone: Option<String>,
    pub bio: Option<String>,
}

/// Settings are small: they are read with every visit.
const MAX_PREFERENCES: usize = 16 << 10;

/// Changes the viewer's own profile.
pub async fn update_profile(tx: &mut Tx, mut change: ProfileChange) -> Result<user::Model> {
    change.check()?;
    let permit = own_account(tx).await?;
    let is_same_phone = change.phone.as_ref().is_none_or(|phone| *phone == permit.phone);
    let before = permit.clone();
    let changed = tx.update(permit, |row: &mut ActiveModel| change.apply(row, is_same_phone)).await;
    let after = changed.map_err(|error| if error.is_taken() { USERNAME_TAKEN.at("username").into() } else { error })?;
    let record = AuditRecord::new("user.profile_changed", after.id)
        .change("fullName", before.full_name, &*after.full_name)
        .change("displayName", before.display_name, &*after.display_name)
        .change("username", before.username, after.username.clone())
        .change("phone", before.phone, &*after.phone)
        .change("bio", before.bio, &*after.bio);
    if record.has_changes() {
        tx.record(record).await?;
    }
    Ok(after)
}

/// Replaces the viewer's own settings.
pub async fn update_preferences(tx: &mut Tx, preferences: Value) -> Result<user::Model> {
    let mut check = Check::new();
    let is_small = preferences.to_string().len() <= MAX_PREFERENCES;
    check.require(preferences.is_object() && is_small, PREFERENCES_INVALID.at("preferences"));
    check.done()?;
    let permit = own_account(tx).await?;
    // What they are is nobody else's: the trail says which were touched.
    let names = preferences.as_object().map(|all| all.keys().cloned().collect::<Vec<_>>());
    tx.record(AuditRecord::new("user.preferences_changed", permit.id).with("settings", names)).await?;
    tx.update(permit, |row: &mut ActiveModel| row.preferences = Set(preferences)).await
}

/// Sets the address of the viewer's own picture, or takes it away.
pub async fn set_avatar(tx: &mut Tx, url: Option<String>) -> Result<UserId> {
    let user = tx.viewer.person()?;
    give_avatar(tx, user, url).await
}

/// The same for a person whose picture has come by parts and was looked at: the system asks, they don't wait.
pub async fn give_avatar(tx: &mut Tx, user: UserId, url: Option<String>) -> Result<UserId> {
    let found = user::Entity::visible_to(&tx.viewer).filter(user::Column::Id.eq(user)).lock_exclusive();
    let permit = allow::<Show, _>(&tx.viewer, found.one(&tx.conn).await?.ok_or(Error::NotFound)?)?;
    let record =
        AuditRecord::new("user.profile_changed", permit.id).change("avatar", permit.avatar.clone(), url.clone());
    if record.has_changes() {
        tx.record(record).await?;
    }
    Ok(tx.update(permit, |row: &mut ActiveModel| row.avatar = Set(url)).await?.id)
}

/// The viewer's account, locked until the transaction ends.
pub(crate) async fn own_account(tx: &Tx) -> Result<Permit<Manage, user::Model>> {
    let id = tx.viewer.person()?;
    let found = user::Entity::visible_to(&tx.viewer).filter(user::Column::Id.eq(id)).lock_exclusive();
    allow::<Manage, _>(&tx.viewer, found.one(&tx.conn).await?.ok_or(Error::NotFound)?)
}

impl ProfileChange {
    fn check(&mut self) -> Result<()> {
        let mut check = Check::new();
        for text in [&mut self.full_name, &mut self.display_name, &mut self.phone].into_iter().flatten() {
            *text = text.trim().to_string();
        }
        let within = |text: &Option<String>, most: usize| text.as_ref().is_none_or(|text| text.chars().count() <= most);
        check.require(within(&self.full_name, 255), FULL_NAME_TOO_LONG.at("fullName"));
        check.require(within(&self.display_name, 100), DISPLAY_NAME_TOO_LONG.at("displayName"));
        let shows = |text: &Option<String>| text.as_deref().is_none_or(is_name);
        check.require(shows(&self.full_name), NAME_UNREADABLE.at("fullName"));
        check.require(shows(&self.display_name), NAME_UNREADABLE.at("displayName"));
        check.require(within(&self.bio, 5_000), BIO_TOO_LONG.at("bio"));
        check.require(self.phone.as_deref().is_none_or(is_phone), PHONE_INVALID.at("phone"));
        let username = self.username.as_ref().and_then(Option::as_deref);
        check.require(username.is_none_or(is_username), USERNAME_INVALID.at("username"));
        check.done()
    }

    fn apply(self, row: &mut ActiveModel, is_same_phone: bool) {
        if let Some(name) = self.full_name {
            row.full_name = Set(name);
        }
        if let Some(name) = self.display_name {
            row.display_name = Set(name);
        }
        if let Some(bio) = self.bio {
            row.bio = Set(bio);
        }
        if let Some(username) = self.username {
            row.username_key = Set(username.as_deref().map(str::to_lowercase));
            row.username = Set(username);
        }
        if let Some(phone) = self.phone {
            row.phone = Set(phone);
            if !is_same_phone {
                row.phone_verified = Set(false);
            }
        }
    }
}

/// Empty takes it away.
pub(crate) fn is_name(name: &str) -> bool {
    name.is_empty() || kernel::is_name(name)
}

/// Digits with an optional plus and the usual separators; empty takes it away.
fn is_phone(phone: &str) -> bool {
    let digits = phone.bytes().filter(u8::is_ascii_digit).count();
    let rest = phone.strip_prefix('+').unwrap_or(phone);
    phone.is_empty()
        || (phone.len() <= 20
            && (5..=15).contains(&digits)
            && rest.bytes().all(|byte| byte.is_ascii_digit() || b" -().".contains(&byte)))
}

/// Letters, digits and `_ . -`, so that it fits into addresses.
fn is_username(name: &str) -> bool {
    (3..=100).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_and_usernames() {
        for good in ["", "+49 (30) 123-456", "12345"] {
            assert!(is_phone(good), "{good}");
        }
        for bad in ["1234", "+", "call me", "1+23456", "123456789012345678901"] {
            assert!(!is_phone(bad), "{bad}");
        }
        for good in ["ada", "Ada.Lovelace-1", "0_0"] {
            assert!(is_username(good), "{good}");
        }
        for bad in ["", "ab", "_ada", "ada lovelace", "adä", &"a".repeat(101)] {
            assert!(!is_username(bad), "{bad}");
        }
    }
}
