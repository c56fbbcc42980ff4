use chrono::{DateTime, Utc};
use kernel::{AuditRecord, Permit, Result, Tx, WebhookId, allow};
use sea_orm::{ColumnTrait, ExprTrait, Set, sea_query::Expr};

use super::Claimed;
use crate::{
    DeliveryState, PauseReason,
    found::locked,
    letters::tell_of_pause,
    policy::Tell,
    webhook::{ActiveModel, Model},
    webhook_delivery::{Column, Entity},
};

/// Sends nothing more to the webhook, and tells its owner. What was to be sent stays in the queue, this too.
pub async fn pause(tx: &mut Tx, claimed: &Claimed, reason: PauseReason) -> Result<()> {
    let Some(webhook) = locked(tx, claimed.webhook.id).await? else {
        return Ok(());
    };
    let permit = allow::<Tell, _>(&tx.viewer, webhook)?;
    let sets = vec![(Column::ClaimedUntil, Expr::val(None::<DateTime<Utc>>))];
    tx.note::<_, _, Entity>(&permit, Column::Id.eq(claimed.delivery.id), sets).await?;
    stop(tx, permit, reason).await
}

/// Once: who was told is not told again.
pub(super) async fn stop(tx: &mut Tx, permit: Permit<Tell, Model>, reason: PauseReason) -> Result<()> {
    if permit.paused_at.is_some() {
        return Ok(());
    }
    let now = tx.now;
    let webhook = tx.update(permit, |row: &mut ActiveModel| {
        (row.paused_at, row.pause_reason) = (Set(Some(now)), Set(Some(reason)));
    });
    let webhook = webhook.await?;
    tx.record(AuditRecord::new("webhook.paused", webhook.id).with("pauseReason", word(reason))).await?;
    tell_of_pause(tx, &webhook, reason).await
}

fn word(reason: PauseReason) -> String {
    use sea_orm::ActiveEnum;
    reason.to_value()
}

/// What waits is tried at once, and as often as if it had not been tried.
pub async fn begin_anew<A>(tx: &Tx, permit: &Permit<A, Model>, webhook: WebhookId) -> Result<()> {
    let sets = vec![(Column::Attempts, Expr::val(0)), (Column::NextAttemptAt, Expr::val(tx.now))];
    let waiting = Column::WebhookId.eq(webhook).and(Column::State.eq(DeliveryState::Pending));
    tx.note::<_, _, Entity>(permit, waiting, sets).await?;
    Ok(())
}
