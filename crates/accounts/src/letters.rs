//! What is written to people by mail. A letter is enqueued with the change it is about and composed when it is sent: only then
//! is its token made, so that no token is ever stored in clear. A letter to nobody is work of the same kind as any other: who
//! asks for one learns nothing from it.

use chrono::{DateTime, Utc};
use kernel::{AuditRecord, Job, Result, Tx, UserId};
use sea_orm::{ColumnTrait, ExprTrait};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    email::email_key,
    exporting::KEPT_DAYS,
    holding::is_held_from,
    one_time::{addressee, issue, of},
    one_time_token::Purpose,
    policy::Issue,
    user,
};

/// Something to tell somebody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "letter")]
pub enum Letter {
    /// To show that the address is theirs; nothing is sent when it has been shown.
    VerifyEmail {
        email: String,
    },
    /// Somebody tried to register with an address that has an account.
    AlreadyRegistered {
        email: String,
    },
    ResetPassword {
        email: String,
    },
    PasswordChanged {
        user: UserId,
        at: DateTime<Utc>,
    },
    /// To the new address. Void when password or address have changed since.
    ConfirmEmailChange {
        user: UserId,
        email: String,
        at: DateTime<Utc>,
        credentials: i32,
    },
    /// To the old address, when the new one is in force.
    EmailChanging {
        user: UserId,
        old: String,
        at: DateTime<Utc>,
    },
    TwoFactorEnabled {
        user: UserId,
    },
    TwoFactorDisabled {
        user: UserId,
    },
    RecoveryCodeUsed {
        user: UserId,
        left: u64,
    },
    AccountSuspended {
        user: UserId,
        reason: String,
    },
    AccountReactivated {
        user: UserId,
    },
    DeletionRequested {
        user: UserId,
        at: DateTime<Utc>,
    },
    /// The account is gone by now: the letter knows where to go by itself.
    AccountDeleted {
        email: String,
        name: String,
    },
    ExportReady {
        user: UserId,
    },
    ApiTokenCreated {
        user: UserId,
        token_name: String,
    },
    /// A seat is kept for who waited for one.
    SeatOffered {
        user: UserId,
        course_title: String,
        until: DateTime<Utc>,
    },
    CertificateIssued {
        user: UserId,
        course_title: String,
        serial: String,
    },
    CertificateRevoked {
        user: UserId,
        course_title: String,
        serial: String,
        reason: String,
    },
    /// Tells of the new one.
    CertificateReissued {
        user: UserId,
        course_title: String,
        serial: String,
    },
    /// A moderator took the person's review of this course out of sight.
    ReviewHidden {
        user: UserId,
        course: String,
        reason: String,
    },
    /// And put it back.
    ReviewRestored {
        user: UserId,
        course: String,
        reason: String,
    },
    /// Nothing is sent to somebody's webhook any more.
    WebhookPaused {
        user: UserId,
        /// Without its path, which may be a secret.
        url: String,
        why: String,
    },
}

impl Job for Letter {
    const KIND: &'static str = "letter";
}

/// A letter with its address and all that its template asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Composed {
    pub template: &'static str,
    pub to: String,
    pub name: String,
    /// For the link of the letter, when it has one.
    pub token: Option<String>,
    pub values: Vec<(&'static str, Value)>,
}

/// Addresses a letter and makes its token; `None` when there is nobody to write to, or nothing to say any more.
pub async fn compose(tx: &mut Tx, letter: Letter) -> Result<Option<Composed>> {
    match letter {
        Letter::VerifyEmail { email } => verify_email(tx, &email).await,
        Letter::AlreadyRegistered { email } => linked(tx, by_email(&email), "already_registered", RESET).await,
        Letter::ResetPassword { email } => reset_password(tx, &email).await,
        Letter::ConfirmEmailChange { user, email, at, credentials } => {
            confirm_email(tx, user, email, (at, credentials)).await
        }
        Letter::EmailChanging { user, old, at } => email_changing(tx, user, old, at).await,
        Letter::PasswordChanged { user, at } => {
            told(tx, user, "password_changed", vec![("time", moment(at).into())]).await
        }
        Letter::TwoFactorEnabled { user } => told(tx, user, "two_factor_enabled", vec![]).await,
        Letter::TwoFactorDisabled { user } => told(tx, user, "two_factor_disabled", vec![]).await,
        Letter::RecoveryCodeUsed { user, left } => {
            told(tx, user, "recovery_code_used", vec![("left", left.into())]).await
        }
        Letter::AccountSuspended { user, reason } => {
            told(tx, user, "account_suspended", vec![("reason", reason.into())]).await
        }
        Letter::AccountReactivated { user } => told(tx, user, "account_reactivated", vec![]).await,
        Letter::DeletionRequested { user, at } => deletion_requested(tx, user, at).await,
        Letter::AccountDeleted { email, name } => {
            Ok(Some(Composed { template: "account_deleted", to: email, name, token: None, values: vec![] }))
        }
        Letter::ExportReady { user } => told(tx, user, "export_ready", vec![("days", KEPT_DAYS.into())]).await,
        Letter::ApiTokenCreated { user, token_name } => {
            told(tx, user, "api_token_created", vec![("token_name", token_name.into())]).await
        }
        Letter::SeatOffered { user, course_title, until } => seat_offered(tx, user, course_title, until).await,
        Letter::CertificateIssued { user, course_title, serial } => {
            told(tx, user, "certificate_issued", of_certificate(course_title, serial)).await
        }
        Letter::CertificateRevoked { user, course_title, serial, reason } => {
            let values = [of_certificate(course_title, serial), vec![("reason", reason.into())]].concat();
            told(tx, user, "certificate_revoked", values).await
        }
        Letter::CertificateReissued { user, course_title, serial } => {
            told(tx, user, "certificate_reissued", of_certificate(course_title, serial)).await
        }
        Letter::ReviewHidden { user, course, reason } => {
            told(tx, user, "review_hidden", of_review(course, reason)).await
        }
        Letter::ReviewRestored { user, course, reason } => {
            told(tx, user, "review_restored", of_review(course, reason)).await
        }
        Letter::WebhookPaused { user, url, why } => webhook_paused(tx, user, url, why).await,
    }
}

/// The serial is what the letter's link leads to.
fn of_certificate(course_title: String, serial: String) -> Vec<(&'static str, Value)> {
    vec![("course_title", course_title.into()), ("serial", serial.into())]
}

fn of_review(course: String, reason: String) -> Vec<(&'static str, Value)> {
    vec![("course", course.into()), ("reason", reason.into())]
}

async fn webhook_paused(tx: &Tx, user: UserId, url: String, why: String) -> Result<Option<Composed>> {
    told(tx, user, "webhook_paused", vec![("url", url.into()), ("why", why.into())]).await
}

const RESET: Purpose = Purpose::ResetPassword;

async fn verify_email(tx: &Tx, email: &str) -> Result<Option<Composed>> {
    let unverified = by_email(email).and(user::Column::EmailVerified.eq(false));
    linked(tx, unverified, "verify_email", Purpose::VerifyEmail).await
}

/// That somebody asked is known of an account only now: the request does not look for one.
async fn reset_password(tx: &mut Tx, email: &str) -> Result<Option<Composed>> {
    if let Some(permit) = addressee(tx, by_email(email)).await? {
        tx.record(AuditRecord::new("user.password_reset_sent", permit.id)).await?;
    }
    linked(tx, by_email(email), "reset_password", RESET).await
}

/// With a link to do something about one's account.
async fn linked(
    tx: &Tx,
    which: sea_orm::sea_query::Expr,
    template: &'static str,
    purpose: Purpose,
) -> Result<Option<Composed>> {
    let Some(permit) = addressee(tx, which).await? else {
        return Ok(None);
    };
    let token = issue(tx, &permit, purpose, &permit.email, tx.now).await?;
    let to = permit.email.clone();
    Ok(Some(Composed { template, to, name: name(&permit), token: Some(token), values: validity(purpose) }))
}

async fn confirm_email(
    tx: &Tx,
    user: UserId,
    email: String,
    (at, credentials): (DateTime<Utc>, i32),
) -> Result<Option<Composed>> {
    let Some(permit) = addressee(tx, of(user)).await? else {
        return Ok(None);
    };
    if permit.credentials_version != credentials || at + Purpose::ConfirmEmail.lifetime() <= tx.now {
        return Ok(None);
    }
    // Whoever has the address already is told so, and only they.
    if addressee(tx, by_email(&email)).await?.is_some() {
        return linked(tx, by_email(&email), "already_registered", RESET).await;
    }
    if is_held_from(&tx.conn, &email_key(&email), Some(user), tx.now).await? {
        return Ok(None);
    }
    let token = issue(tx, &permit, Purpose::ConfirmEmail, &email, at).await?;
    let mut values = validity(Purpose::ConfirmEmail);
    values.push(("new_email", email.clone().into()));
    let template = "confirm_email_change";
    Ok(Some(Composed { template, to: email, name: NOBODY, token: Some(token), values }))
}

async fn email_changing(tx: &Tx, user: UserId, old: String, at: DateTime<Utc>) -> Result<Option<Composed>> {
    let Some(permit) = addressee(tx, of(user)).await? else {
        return Ok(None);
    };
    let token = issue(tx, &permit, Purpose::UndoEmail, &old, at).await?;
    let mut values = validity(Purpose::UndoEmail);
    values.push(("new_email", permit.email.clone().into()));
    Ok(Some(Composed { template: "email_changing", to: old, name: NOBODY, token: Some(token), values }))
}

async fn deletion_requested(tx: &Tx, user: UserId, at: DateTime<Utc>) -> Result<Option<Composed>> {
    let composed = linked(tx, of(user), "deletion_requested", Purpose::CancelDeletion).await?;
    Ok(composed.map(|letter| Composed { values: vec![("date", at.format("%-d %B %Y").to_string().into())], ..letter }))
}

/// Too late, it says nothing.
async fn seat_offered(tx: &Tx, user: UserId, title: String, until: DateTime<Utc>) -> Result<Option<Composed>> {
    if until <= tx.now {
        return Ok(None);
    }
    told(tx, user, "seat_offered", vec![("course_title", title.into()), ("until", moment(until).into())]).await
}

/// Without a token: something has happened. Who can't sign in is told as well.
async fn told(
    tx: &Tx,
    user: UserId,
    template: &'static str,
    values: Vec<(&'static str, Value)>,
) -> Result<Option<Composed>> {
    use kernel::Live;
    use sea_orm::QueryFilter;
    let found = user::Entity::live().filter(of(user)).one(&tx.conn).await?;
    let Some(user) = found else {
        return Ok(None);
    };
    let permit = kernel::allow::<Issue, _>(&tx.viewer, user)?;
    Ok(Some(Composed { template, to: permit.email.clone(), name: name(&permit), token: None, values }))
}

fn by_email(email: &str) -> sea_orm::sea_query::Expr {
    user::Column::EmailKey.eq(email_key(email))
}

/// Who has not shown that an address is theirs could else write to strangers, in our name, whatever fits into a name.
const NOBODY: String = String::new();

fn name(user: &user::Model) -> String {
    if !user.email_verified {
        return NOBODY;
    }
    let name = if user.display_name.is_empty() { &user.full_name } else { &user.display_name };
    name.clone()
}

/// How long the link is good, in the unit of its template.
fn validity(purpose: Purpose) -> Vec<(&'static str, Value)> {
    let lifetime = purpose.lifetime();
    vec![match purpose {
        Purpose::ResetPassword => ("minutes", lifetime.num_minutes().into()),
        Purpose::VerifyEmail | Purpose::ConfirmEmail => ("hours", lifetime.num_hours().into()),
        Purpose::UndoEmail | Purpose::CancelDeletion => ("days", lifetime.num_days().into()),
    }]
}

fn moment(at: DateTime<Utc>) -> String {
    at.format("%-d %B %Y, %H:%M UTC").to_string()
}
