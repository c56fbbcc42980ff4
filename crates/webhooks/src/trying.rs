use kernel::{AuditRecord, EntityId, Error, Result, Tx, WebhookDeliveryId, WebhookId};
use sea_orm::{
    ColumnTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::{
    DeliveryRow, DeliveryState,
    found::changed,
    queue::pending,
    webhook_delivery::{Column, Entity},
};

/// The type of what is sent to try a webhook out. No event has it.
pub const TEST: &str = "webhook.test.v1";

/// Sends something to try the webhook out, also while it is paused; once, whatever comes of it.
pub async fn test(tx: &mut Tx, id: WebhookId) -> Result<DeliveryRow> {
    let permit = changed(tx, id).await?;
    let delivery: WebhookDeliveryId = tx.new_id()?;
    // Each is about itself: none waits for another.
    let row = pending(tx, (delivery, id), TEST.into(), delivery.to_wire());
    tx.put(&permit, row, OnConflict::new().do_nothing().to_owned()).await?;
    tx.record(AuditRecord::new("webhook.tested", id)).await?;
    read(tx, delivery).await
}

/// Sends something again, whether it has arrived or not, and as often as if it had not been tried. What waits for its next
/// attempt is tried at once.
pub async fn redeliver(tx: &mut Tx, id: WebhookDeliveryId) -> Result<DeliveryRow> {
    let permit = changed(tx, read(tx, id).await?.webhook_id).await?;
    let sets = vec![
        (Column::State, Expr::val(DeliveryState::Pending)),
        (Column::Attempts, Expr::val(0)),
        (Column::NextAttemptAt, Expr::val(tx.now)),
        (Column::FinishedAt, Expr::val(None::<chrono::DateTime<chrono::Utc>>)),
    ];
    tx.note::<_, _, Entity>(&permit, Column::Id.eq(id), sets).await?;
    tx.record(AuditRecord::new("webhook.redelivered", permit.id).with("deliveryId", id.to_wire())).await?;
    read(tx, id).await
}

async fn read(tx: &Tx, id: WebhookDeliveryId) -> Result<DeliveryRow> {
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(id)).one(&tx.conn).await?;
    Ok(found.ok_or(Error::NotFound)?.into())
}
