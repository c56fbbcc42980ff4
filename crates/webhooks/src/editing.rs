use kernel::{AuditRecord, Check, Result, Tx, WebhookId};
use sea_orm::Set;
use serde_json::json;

use crate::{
    PauseReason, Reach, WebhookRow,
    creating::check_types,
    found::changed,
    queue::begin_anew,
    target::{origin, target},
    webhook::{ActiveModel, Model},
};

/// What of a webhook shall be another; what is not given stays.
#[derive(Default)]
pub struct WebhookChange {
    pub url: Option<String>,
    /// Empty: all types.
    pub types: Option<Vec<String>>,
    /// `Some(None)` takes it away.
    pub query: Option<Option<String>>,
    pub is_paused: Option<bool>,
}

/// Changes a webhook. One that goes on after a pause is told of everything it has missed.
pub async fn update(tx: &mut Tx, reach: Reach, id: WebhookId, change: WebhookChange) -> Result<WebhookRow> {
    let permit = changed(tx, id).await?;
    if change.query.as_ref().is_some_and(Option::is_some) {
        tx.viewer.person()?;
    }
    let mut check = Check::new();
    let url = change.url.as_deref().map(|url| target(url, reach).map(String::from).map_err(|rule| rule.at("url")));
    let url = url.and_then(|url| check.keep(url));
    check_types(&mut check, change.types.as_deref().unwrap_or_default());
    check.done()?;
    let goes_on = change.is_paused == Some(false) && permit.paused_at.is_some();
    let (before, now) = (Model::clone(&permit), tx.now);
    if goes_on {
        begin_anew(tx, &permit, id).await?;
    }
    let after =
        tx.update(permit, |row: &mut ActiveModel| apply(row, &before, WebhookChange { url, ..change }, now)).await?;
    let record = recorded(&before, &after);
    if record.has_changes() {
        tx.record(record).await?;
    }
    Ok(after.into())
}

fn apply(row: &mut ActiveModel, before: &Model, change: WebhookChange, now: chrono::DateTime<chrono::Utc>) {
    if let Some(url) = change.url {
        row.url = Set(url);
    }
    if let Some(types) = change.types {
        row.types = Set(json!(types));
    }
    if let Some(query) = change.query {
        row.query = Set(query);
    }
    match change.is_paused {
        Some(true) if before.paused_at.is_none() => {
            (row.paused_at, row.pause_reason) = (Set(Some(now)), Set(Some(PauseReason::ByOwner)));
        }
        Some(false) => {
            (row.paused_at, row.pause_reason, row.failing_since) = (Set(None), Set(None), Set(None));
        }
        _ => {}
    }
}

/// The path of an address may be a secret of the receiver's.
fn recorded(before: &Model, after: &Model) -> AuditRecord {
    let record = AuditRecord::new("webhook.updated", after.id)
        .change("types", before.types.clone(), after.types.clone())
        .change("query", before.query.clone(), after.query.clone())
        .change("isPaused", before.paused_at.is_some(), after.paused_at.is_some());
    if before.url == after.url { record } else { record.with("url", origin(&after.url)) }
}
