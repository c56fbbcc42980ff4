use chrono::{DateTime, Utc};
use kernel::{Result, Viewer, WebhookDeliveryId, WebhookId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, ExprTrait, IntoSimpleExpr, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

use crate::webhook_delivery::{Column, Entity};

/// To the letter: with a parameter SQLite does not use the partial indexes.
const PENDING: &str = "webhook_deliveries.state = 'pending'";

/// Of one thing, what happened first is told first: as long as that has not arrived, and was not given up, the rest waits.
const IS_FIRST: &str = "NOT EXISTS (SELECT 1 FROM webhook_deliveries AS earlier \
    WHERE earlier.webhook_id = webhook_deliveries.webhook_id AND earlier.object = webhook_deliveries.object \
    AND earlier.state = 'pending' AND earlier.position < webhook_deliveries.position)";

/// While a webhook is paused only tries go out.
const MAY_GO: &str = "EXISTS (SELECT 1 FROM webhooks WHERE webhooks.id = webhook_deliveries.webhook_id \
    AND webhooks.is_deleted = FALSE AND (webhooks.paused_at IS NULL OR webhook_deliveries.event_id IS NULL))";

/// What may be sent at this moment, and by nobody else.
pub(super) fn is_next(now: DateTime<Utc>) -> Expr {
    let free = Column::ClaimedUntil.into_simple_expr().is_null().or(Column::ClaimedUntil.lte(now));
    is_due(now).and(free).and(Expr::cust(IS_FIRST)).and(Expr::cust(MAY_GO))
}

fn is_due(now: DateTime<Utc>) -> Expr {
    Expr::cust(PENDING).and(Column::NextAttemptAt.lte(now))
}

/// The webhooks that have something to be sent.
pub async fn waiting(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<WebhookId>> {
    let due = Entity::visible_to(&Viewer::System).filter(is_due(now)).filter(Expr::cust(MAY_GO));
    Ok(due.select_only().column(Column::WebhookId).distinct().into_tuple().all(db).await?)
}

/// What of a webhook is to be sent now, what is due longest first; so many at most.
pub async fn next_of(
    db: &impl ConnectionTrait,
    webhook: WebhookId,
    now: DateTime<Utc>,
    most: u64,
) -> Result<Vec<WebhookDeliveryId>> {
    let next = Entity::visible_to(&Viewer::System).filter(Column::WebhookId.eq(webhook)).filter(is_next(now));
    let next = next.order_by_asc(Column::NextAttemptAt).order_by_asc(Column::Position).limit(most);
    Ok(next.select_only().column(Column::Id).into_tuple().all(db).await?)
}
