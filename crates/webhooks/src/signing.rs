use accounts::SecretKey;
use chrono::{DateTime, Utc};
use kernel::{EntityId, Result, WebhookDeliveryId};

use crate::{secret::Secret, sending::Message, webhook};

/// What goes out: signed by the webhook's secret, and by the one before as long as that is good.
pub fn sign(
    key: &SecretKey,
    webhook: &webhook::Model,
    delivery: WebhookDeliveryId,
    body: Vec<u8>,
    now: DateTime<Utc>,
) -> Result<Message> {
    let (id, timestamp) = (delivery.to_wire(), now.timestamp());
    let previous =
        webhook.previous_secret.as_ref().filter(|_| webhook.previous_secret_until.is_some_and(|until| until > now));
    let mut signatures = vec![];
    for sealed in [Some(&webhook.secret), previous].into_iter().flatten() {
        signatures.push(Secret::open(key, webhook.user_id, sealed)?.sign(&id, timestamp, &body));
    }
    Ok(Message { url: webhook.url.clone(), id, timestamp, signatures: signatures.join(" "), body })
}
