use accounts::SecretKey;
use chrono::Duration;
use kernel::{AuditRecord, Result, Tx, WebhookId};
use sea_orm::Set;

use crate::{WebhookRow, found::changed, secret::Secret, webhook::ActiveModel};

/// How long the secret before signs as well: a receiver has this long to learn of the new one.
const OVERLAP_HOURS: i64 = 24;

/// Gives the webhook another secret. It is shown this once.
pub async fn rotate(tx: &mut Tx, key: &SecretKey, id: WebhookId) -> Result<(WebhookRow, String)> {
    let permit = changed(tx, id).await?;
    let secret = Secret::generate(tx)?;
    let (sealed, before) = (secret.seal(tx, key, permit.user_id)?, permit.secret.clone());
    let until = tx.now + Duration::hours(OVERLAP_HOURS);
    tx.record(AuditRecord::new("webhook.secret_rotated", id)).await?;
    let webhook = tx
        .update(permit, |row: &mut ActiveModel| {
            row.secret = Set(sealed);
            row.previous_secret = Set(Some(before));
            row.previous_secret_until = Set(Some(until));
        })
        .await?;
    Ok((webhook.into(), secret.to_wire()))
}
