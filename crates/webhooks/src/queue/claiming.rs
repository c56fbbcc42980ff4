use chrono::Duration;
use kernel::{Result, Tx, WebhookDeliveryId, allow};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QueryOrder, sea_query::Expr};

use super::looking::is_next;
use crate::{
    policy::{Tell, Told},
    webhook,
    webhook_delivery::{Column, Entity, Model},
};

/// How long somebody has a delivery for themselves. Who takes longer, or is lost, is not waited for.
pub const HELD: Duration = Duration::seconds(30);

/// Something to send, and where.
#[derive(Clone, Debug)]
pub struct Claimed {
    pub webhook: webhook::Model,
    pub delivery: Model,
}

/// Takes the delivery, if it may be sent now and nobody else does. The database decides, by one statement.
pub async fn claim(tx: &Tx, id: WebhookDeliveryId) -> Result<Option<Claimed>> {
    let permit = allow::<Tell, _>(&tx.viewer, Told)?;
    let sets = vec![(Column::ClaimedUntil, Expr::val(tx.now + HELD))];
    let which = Column::Id.eq(id).and(is_next(tx.now));
    if tx.note::<_, _, Entity>(&permit, which, sets).await? == 0 {
        return Ok(None);
    }
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(id));
    let Some(delivery) = found.one(&tx.conn).await? else {
        return Ok(None);
    };
    let webhook = webhook::Entity::visible_to(&tx.viewer).filter(webhook::Column::Id.eq(delivery.webhook_id));
    Ok(webhook.one(&tx.conn).await?.map(|webhook| Claimed { webhook, delivery }))
}

/// What is to be told of the same thing next.
pub async fn claim_next(tx: &Tx, told: &Claimed) -> Result<Option<Claimed>> {
    let Model { webhook_id, object, .. } = &told.delivery;
    let of_it = Column::WebhookId.eq(*webhook_id).and(Column::Object.eq(object)).and(is_next(tx.now));
    let next = Entity::visible_to(&tx.viewer).filter(of_it).order_by_asc(Column::Position).one(&tx.conn).await?;
    match next {
        Some(next) => claim(tx, next.id).await,
        None => Ok(None),
    }
}
