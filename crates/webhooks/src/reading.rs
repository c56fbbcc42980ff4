//! What those see who keep webhooks.

use std::collections::HashMap;

use kernel::{Error, Page, PageRequest, Result, Scalar, Sort, Viewer, WebhookDeliveryId, WebhookId, by_keys};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryTrait, Select};

use crate::{DeliveryRow, DeliveryState, WebhookRow, policy::sees_webhooks, webhook, webhook_delivery};

/// Webhooks by id.
pub async fn webhooks(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[WebhookId],
) -> Result<HashMap<WebhookId, WebhookRow>> {
    use webhook::{Column, Entity};
    by_keys(db, Entity::visible_to(viewer), Column::Id, ids, |row: &WebhookRow| row.id).await
}

/// Deliveries by id.
pub async fn deliveries(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[WebhookDeliveryId],
) -> Result<HashMap<WebhookDeliveryId, DeliveryRow>> {
    use webhook_delivery::{Column, Entity};
    by_keys(db, Entity::visible_to(viewer), Column::Id, ids, |row: &DeliveryRow| row.id).await
}

/// One page of all webhooks, newest first.
pub async fn list(db: &impl ConnectionTrait, viewer: &Viewer, request: &PageRequest) -> Result<Page<WebhookRow>> {
    let newest = Sort::<_, WebhookRow>::descending("newest")
        .by(webhook::Column::CreatedAt, |row| Scalar::Time(row.created_at))
        .by(webhook::Column::Id, |row| Scalar::Id(row.id.0));
    kernel::page(db, all(viewer)?, &newest, request).await
}

/// How many there are.
pub async fn count(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<i64> {
    kernel::count(db, all(viewer)?).await
}

fn all(viewer: &Viewer) -> Result<Select<webhook::Entity>> {
    if !sees_webhooks(viewer) {
        return Err(Error::Denied);
    }
    Ok(webhook::Entity::visible_to(viewer))
}

/// Whose deliveries, and in which state; none: in any.
pub type Which = (WebhookId, Option<DeliveryState>);

/// One page of what a webhook was told and is to be told, newest first.
pub async fn list_deliveries(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    which: Which,
    request: &PageRequest,
) -> Result<Page<DeliveryRow>> {
    use webhook_delivery::Column;
    let newest = Sort::<_, DeliveryRow>::descending("newest")
        .by(Column::EnqueuedAt, |row| Scalar::Time(row.enqueued_at))
        .by(Column::Id, |row| Scalar::Id(row.id.0));
    kernel::page(db, of(viewer, which), &newest, request).await
}

/// How many these are.
pub async fn count_deliveries(db: &impl ConnectionTrait, viewer: &Viewer, which: Which) -> Result<i64> {
    kernel::count(db, of(viewer, which)).await
}

fn of(viewer: &Viewer, (webhook, state): Which) -> Select<webhook_delivery::Entity> {
    use webhook_delivery::{Column, Entity};
    Entity::visible_to(viewer)
        .filter(Column::WebhookId.eq(webhook))
        .apply_if(state, |deliveries, state| deliveries.filter(Column::State.eq(state)))
}
