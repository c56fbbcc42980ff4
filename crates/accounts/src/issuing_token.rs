use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Utc};
use kernel::{AuditRecord, Check, Permission, Problem, Result, Tx, Viewer, is_name};
use sea_orm::{ColumnTrait, Condition, PaginatorTrait, QueryFilter, Set};

use crate::{
    ApiTokenRow, Letter, api_token, api_token_permission,
    editing::own_account,
    rules::{
        API_TOKEN_EXPIRY_PASSED, API_TOKEN_NAME_LENGTH, EMAIL_NOT_VERIFIED, SCOPE_NOT_HELD, SCOPE_UNKNOWN,
        TOO_MANY_API_TOKENS,
    },
    tokens::{api_token, token_hash},
};

/// The most living tokens that one person has.
const MAX_TOKENS: u64 = 50;

/// What a program shall be let do.
pub struct NewApiToken {
    pub name: String,
    /// The codes of permissions.
    pub scopes: Vec<String>,
    /// None: until it is revoked.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Gives the viewer a token for a program, with at most their own rights. The secret is shown this once.
pub async fn create_api_token(tx: &mut Tx, new: NewApiToken) -> Result<(ApiTokenRow, String)> {
    // Locked, so that two at once can't both be the last that is allowed.
    let permit = own_account(tx).await?;
    let new = new.normal();
    let (name, scopes) = new.check(&tx.viewer, tx.now)?;
    if !permit.email_verified {
        return Err(EMAIL_NOT_VERIFIED.into());
    }
    let living = api_token::Entity::visible_to(&tx.viewer).filter(living(tx.now)).count(&tx.conn).await?;
    if living >= MAX_TOKENS {
        return Err(TOO_MANY_API_TOKENS.into());
    }
    let secret = api_token(tx)?;
    let row = api_token::ActiveModel {
        id: Set(tx.new_id()?),
        user_id: Set(permit.id),
        name: Set(name),
        token_hash: Set(token_hash(&secret)),
        expires_at: Set(new.expires_at),
        ..Default::default()
    };
    let token = tx.insert(&permit, row).await?;
    let record = AuditRecord::new("api_token.created", token.id)
        .with("scopes", scopes.iter().copied().collect::<Vec<_>>())
        .with("expiresAt", token.expires_at.map(|at| at.to_rfc3339()));
    tx.record(record).await?;
    let links = scopes
        .into_iter()
        .map(|code| api_token_permission::ActiveModel { token_id: Set(token.id), permission: Set(code.into()) });
    tx.link(&permit, links.collect()).await?;
    tx.enqueue(&Letter::ApiTokenCreated { user: permit.id, token_name: token.name.clone() }).await?;
    Ok((token.into(), secret))
}

/// Neither revoked nor expired.
fn living(now: DateTime<Utc>) -> Condition {
    use api_token::Column::{ExpiresAt, RevokedAt};
    Condition::all().add(RevokedAt.is_null()).add(Condition::any().add(ExpiresAt.is_null()).add(ExpiresAt.gt(now)))
}

impl NewApiToken {
    /// With a time that the database can keep: in microseconds, and a leap second is the one after it.
    fn normal(self) -> Self {
        let kept = |at: DateTime<Utc>| DateTime::from_timestamp_micros(at.timestamp_micros()).unwrap_or(at);
        Self { expires_at: self.expires_at.map(kept), ..self }
    }

    fn check(&self, viewer: &Viewer, now: DateTime<Utc>) -> Result<(String, BTreeSet<&'static str>)> {
        let mut check = Check::new();
        let name = self.name.trim();
        let fits = is_name(name) && name.chars().count() <= 100;
        check.require(fits, API_TOKEN_NAME_LENGTH.at("name"));
        let scopes = self.scopes.iter().enumerate();
        let scopes = scopes.filter_map(|(place, code)| check.keep(scope(viewer, code, place))).collect();
        // Later years have no place in an answer.
        let lasts = |at: DateTime<Utc>| at > now && at.year() <= 9999;
        check.require(self.expires_at.is_none_or(lasts), API_TOKEN_EXPIRY_PASSED.at("expiresAt"));
        check.done()?;
        Ok((name.to_string(), scopes))
    }
}

fn scope(viewer: &Viewer, code: &str, place: usize) -> Result<&'static str, Problem> {
    let rule = match Permission::from_code(code) {
        Some(permission) if viewer.has(permission) => return Ok(permission.code()),
        Some(_) => SCOPE_NOT_HELD,
        None => SCOPE_UNKNOWN,
    };
    let mut problem = rule.at("scopes");
    problem.field.push(place.to_string().into());
    Err(problem)
}
