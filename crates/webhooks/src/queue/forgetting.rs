use chrono::Duration;
use kernel::{Result, Tx, allow};
use sea_orm::ColumnTrait;

use crate::{
    policy::{Tell, Told},
    webhook_delivery::{Column, Entity},
};

/// What was delivered or given up is kept this long, to look at and to send again.
const KEPT_DAYS: i64 = 30;

/// Forgets what was told long ago; answers how much.
pub async fn forget(tx: &Tx) -> Result<u64> {
    let permit = allow::<Tell, _>(&tx.viewer, Told)?;
    tx.unlink::<_, _, Entity>(&permit, Column::FinishedAt.lt(tx.now - Duration::days(KEPT_DAYS))).await
}
