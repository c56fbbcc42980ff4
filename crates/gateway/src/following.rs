//! Looks after the copy of the database, if there is one.

use std::{sync::Arc, time::Duration};

use tokio::time::{MissedTickBehavior, interval};

use crate::app::App;

const EVERY: Duration = Duration::from_secs(1);

/// Looks how far the copy is, for as long as it is let.
pub async fn keep_following(app: Arc<App>) {
    let Some(replica) = app.db.replica() else {
        return;
    };
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut is_seen = true;
    loop {
        ticks.tick().await;
        let was_seen = is_seen;
        let seen = replica.look(&app.db, app.world.now()).await;
        is_seen = seen.is_ok();
        match seen {
            // Said once, and not each second.
            Err(error) if was_seen => {
                tracing::warn!(%error, "the replica can't be looked at: the database answers everything");
            }
            Ok(()) if !was_seen => tracing::info!("the replica is there again"),
            _ => {}
        }
    }
}
