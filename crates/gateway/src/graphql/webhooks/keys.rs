//! What is loaded of webhooks.

use kernel::{WebhookDeliveryId, WebhookId};
use webhooks::{DeliveryRow, WebhookRow, reading};

use crate::graphql::keys::key;

key! {
    /// A webhook.
    WebhookById: WebhookId => WebhookRow, reading::webhooks
}
key! {
    /// Something that a webhook was told, or is to be told.
    DeliveryById: WebhookDeliveryId => DeliveryRow, reading::deliveries
}
