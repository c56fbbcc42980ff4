use kernel::{Result, Tx, Viewer, WebhookDeliveryId, WebhookId, allow, events};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, QueryFilter, Set,
    sea_query::{Expr, OnConflict},
};
use serde_json::json;

use crate::{DeliveryState, found::locked, policy::Tell, webhook, webhook_delivery::ActiveModel};

/// So many events at once: a transaction that takes long would keep others waiting.
const AT_ONCE: u64 = 500;

/// A webhook that is told of what happens, and how far it was.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "webhook::Entity")]
pub struct Follower {
    pub id: WebhookId,
    pub position: i64,
}

/// All webhooks that are not paused.
pub async fn followers(db: &impl ConnectionTrait) -> Result<Vec<Follower>> {
    let going = webhook::Entity::visible_to(&Viewer::System).filter(webhook::Column::PausedAt.is_null());
    Ok(going.into_partial_model::<Follower>().all(db).await?)
}

/// Puts what the feed has for the webhook into the queue; answers whether there may be more. Where it is and what was put
/// there are written together: nothing is left out, and nothing is there twice.
pub async fn fill(tx: &mut Tx, webhook: WebhookId) -> Result<bool> {
    let Some(found) = locked(tx, webhook).await?.filter(|webhook| webhook.paused_at.is_none()) else {
        return Ok(false);
    };
    let permit = allow::<Tell, _>(&tx.viewer, found)?;
    let events = events::since(&tx.conn, &tx.viewer, permit.position, AT_ONCE).await?;
    let Some(last) = events.last().and_then(|event| event.position) else {
        return Ok(false);
    };
    let (is_full, mut rows) = (events.len() as u64 == AT_ONCE, vec![]);
    for event in events {
        if permit.wants(&events::type_of(&event.told.action)) {
            rows.push(row(tx, webhook, event)?);
        }
    }
    tx.put_rows(&permit, rows, OnConflict::new().do_nothing().to_owned()).await?;
    let sets = vec![(webhook::Column::Position, Expr::val(last))];
    tx.note::<_, _, webhook::Entity>(&permit, webhook::Column::Id.eq(webhook), sets).await?;
    Ok(is_full)
}

impl webhook::Model {
    fn wants(&self, kind: &str) -> bool {
        let types = self.types.as_array().map(Vec::as_slice).unwrap_or_default();
        types.is_empty() || types.iter().any(|wanted| wanted == kind)
    }
}

fn row(tx: &mut Tx, webhook: WebhookId, event: events::EventRow) -> Result<ActiveModel> {
    let (id, kind) = (tx.new_id()?, events::type_of(&event.told.action));
    Ok(ActiveModel {
        event_id: Set(Some(event.id)),
        position: Set(event.position.unwrap_or_default()),
        ..pending(tx, (id, webhook), kind, event.told.target_id)
    })
}

/// Something to be sent as soon as may be, about an object, of no event.
pub(crate) fn pending(
    tx: &Tx,
    (id, webhook): (WebhookDeliveryId, WebhookId),
    kind: String,
    object: String,
) -> ActiveModel {
    ActiveModel {
        id: Set(id),
        webhook_id: Set(webhook),
        event_id: Set(None),
        position: Set(0),
        kind: Set(kind),
        object: Set(object),
        state: Set(DeliveryState::Pending),
        attempts: Set(0),
        log: Set(json!([])),
        next_attempt_at: Set(Some(tx.now)),
        claimed_until: Set(None),
        enqueued_at: Set(tx.now),
        finished_at: Set(None),
    }
}
