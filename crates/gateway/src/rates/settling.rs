use std::{sync::Arc, time::Duration};

use accounts::spending;
use kernel::Result;
use sea_orm::DbBackend;
use tokio::time::{MissedTickBehavior, interval};

use super::Rates;
use crate::app::App;

/// How often the gateways add up. In between each goes by what it has heard.
const EVERY: Duration = Duration::from_secs(1);

/// Adds up with the other gateways for as long as it is let. On SQLite there are none.
pub async fn keep_settling(app: Arc<App>) {
    if app.db.backend() != DbBackend::Postgres {
        return;
    }
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = settle(&app).await {
            tracing::warn!(%error, "rates were not added up with the other gateways");
        }
    }
}

/// Tells what was let through here and hears of the rest: one transaction for a few hundred who have asked meanwhile, none
/// when nobody has.
pub async fn settle(app: &App) -> Result<()> {
    let Some(rates) = &app.rates else {
        return Ok(());
    };
    let spent = rates.unsettled();
    for some in spent.chunks(spending::MOST) {
        let full = app.write_as_system(async |tx| spending::settle(tx, some).await).await?;
        let mut buckets = rates.buckets();
        for (key, settled) in some {
            if let (Some(bucket), Some(full_at)) = (buckets.get_mut(key), full.get(key)) {
                bucket.unsettled -= settled;
                // What was taken while the others were heard comes on top.
                bucket.full_at = full_at + bucket.unsettled;
            }
        }
    }
    Ok(())
}

impl Rates {
    /// What the others have not heard of, in the order of the keys.
    fn unsettled(&self) -> Vec<(String, i64)> {
        let buckets = self.buckets();
        let spent = buckets.iter().filter(|(_, bucket)| bucket.unsettled > 0);
        let mut spent: Vec<_> = spent.map(|(key, bucket)| (key.clone(), bucket.unsettled)).collect();
        spent.sort_unstable();
        spent
    }
}
