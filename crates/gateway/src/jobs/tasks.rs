//! What the recurring jobs do.

use std::sync::Arc;

use chrono::Duration;
use kernel::{
    EntityId, Result,
    jobs::{JobStatus, purge},
};

use super::recurring::{ExpireSessions, PurgeDeliveries, PurgeJobs, PurgeTokens, RecountCounters, ReleaseReservations};
use crate::app::App;

/// Done jobs are kept this long, for staff to look at.
const DONE_DAYS: i64 = 7;
/// Dead ones longer, for staff to retry. Not for ever: they may name people who are gone by then.
const DEAD_DAYS: i64 = 90;

pub async fn expire_sessions(app: &Arc<App>, _: ExpireSessions) -> Result<()> {
    let ended = app.write_as_system(accounts::expire_sessions).await?;
    tracing::debug!(ended, "expired sessions");
    Ok(())
}

pub async fn purge_tokens(app: &Arc<App>, _: PurgeTokens) -> Result<()> {
    let purged = app.write_as_system(accounts::purge_tokens).await?;
    tracing::debug!(purged, "spent tokens");
    Ok(())
}

pub async fn purge_jobs(app: &Arc<App>, _: PurgeJobs) -> Result<()> {
    let purged = app.write_as_system(async |tx| {
        let done = purge(tx, JobStatus::Done, tx.now - Duration::days(DONE_DAYS)).await?;
        let dead = purge(tx, JobStatus::Dead, tx.now - Duration::days(DEAD_DAYS)).await?;
        Ok(done + dead)
    });
    let purged = purged.await?;
    tracing::debug!(purged, "ended jobs");
    Ok(())
}

pub async fn purge_deliveries(app: &Arc<App>, _: PurgeDeliveries) -> Result<()> {
    let forgotten = app.write_as_system(async |tx| webhooks::queue::forget(tx).await).await?;
    tracing::debug!(forgotten, "what webhooks were told");
    Ok(())
}

pub async fn recount_counters(app: &Arc<App>, _: RecountCounters) -> Result<()> {
    let drifts = app.write_as_system(async |tx| {
        let learners = courses::recount_learners(tx, learning::learners_of_courses()).await?;
        let ratings = courses::recount_ratings(tx, reviews::ratings_of_courses()).await?;
        let seats = courses::recount_reserved_seats(tx, learning::reserved_seats_of_courses()).await?;
        Ok([learners, ratings, seats].concat())
    });
    for courses::Drift { course, counter, by } in drifts.await? {
        tracing::warn!(course = course.to_wire(), counter, by, "a counter had drifted and was mended");
    }
    Ok(())
}

/// A transaction for each: two that hold counters and want each other's would wait for ever.
pub async fn release_reservations(app: &Arc<App>, _: ReleaseReservations) -> Result<()> {
    let mut released = 0;
    loop {
        let lapsed = ai::budgeting::lapsed(app.db.read(), app.world.now()).await?;
        if lapsed.is_empty() {
            break;
        }
        for reservation in lapsed {
            app.write_as_system(async |tx| ai::budgeting::release(tx, reservation).await).await?;
            released += 1;
        }
    }
    let forgotten = app.write_as_system(async |tx| ai::budgeting::tidy_up(tx).await).await?;
    tracing::debug!(released, forgotten, "reserved tokens");
    Ok(())
}
