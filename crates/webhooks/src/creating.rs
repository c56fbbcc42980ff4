use accounts::SecretKey;
use kernel::{AuditRecord, Check, Error, Problem, Result, Tx, UserId, allow, events};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, Set};
use serde_json::json;

use crate::{
    Reach, WebhookRow,
    policy::{Add, Planned},
    rules::{TOO_MANY_WEBHOOKS, WEBHOOK_TYPE_UNKNOWN},
    secret::Secret,
    target::{origin, target},
    webhook::{ActiveModel, Column, Entity},
};

/// The most webhooks that one person has.
const MOST: u64 = 20;

/// Where somebody wants to be told of what.
pub struct NewWebhook {
    pub url: String,
    /// Empty: of everything.
    pub types: Vec<String>,
    /// What is asked about each event. Whoever calls has seen that it can be run.
    pub query: Option<String>,
}

/// Makes a webhook, which is told of what comes into the feed from now on. The secret is shown this once.
pub async fn create(tx: &mut Tx, key: &SecretKey, reach: Reach, new: NewWebhook) -> Result<(WebhookRow, String)> {
    let planned = Planned { has_query: new.query.is_some() };
    if planned.has_query {
        tx.viewer.person()?;
    }
    let permit = allow::<Add, _>(&tx.viewer, planned)?;
    let owner = tx.viewer.actor().ok_or(Error::Unauthenticated)?;
    let mut check = Check::new();
    let url = check.keep(target(&new.url, reach).map_err(|rule| rule.at("url")));
    check_types(&mut check, &new.types);
    check.done()?;
    refuse_too_many(tx, owner).await?;
    let secret = Secret::generate(tx)?;
    let row = ActiveModel {
        id: Set(tx.new_id()?),
        user_id: Set(owner),
        url: Set(url.map(String::from).unwrap_or_default()),
        types: Set(json!(new.types)),
        query: Set(new.query),
        secret: Set(secret.seal(tx, key, owner)?),
        position: Set(events::newest(&tx.conn).await?),
        ..Default::default()
    };
    let webhook = tx.insert(&permit, row).await?;
    let record = AuditRecord::new("webhook.created", webhook.id)
        .with("url", origin(&webhook.url))
        .with("types", webhook.types.clone())
        .with("query", webhook.query.clone());
    tx.record(record).await?;
    Ok((webhook.into(), secret.to_wire()))
}

pub(crate) fn check_types(check: &mut Check, types: &[String]) {
    for (place, name) in types.iter().enumerate() {
        check.require(events::action_of(name).is_some(), unknown(place));
    }
}

fn unknown(place: usize) -> Problem {
    let mut problem = WEBHOOK_TYPE_UNKNOWN.at("types");
    problem.field.push(place.to_string().into());
    problem
}

/// One transaction at a time counts and adds: two at once can't both be the last that is allowed.
async fn refuse_too_many(tx: &Tx, owner: UserId) -> Result<()> {
    tx.take_turns_for(&[owner]).await?;
    let living = Entity::visible_to(&tx.viewer).filter(Column::UserId.eq(owner)).count(&tx.conn).await?;
    if living >= MOST { Err(TOO_MANY_WEBHOOKS.into()) } else { Ok(()) }
}
