use kernel::{
    Result,
    jobs::{JobStatus, backlog},
};
use prometheus_client::encoding::text::encode;

use crate::app::App;

/// All numbers as Prometheus reads them; those of the database and its connections as they are now.
pub async fn scrape(app: &App) -> Result<String> {
    let metrics = &app.metrics;
    for pool in app.db.pools() {
        for (state, connections) in [("idle", pool.idle), ("used", pool.open.saturating_sub(pool.idle))] {
            let what = [("pool", pool.name.to_string()), ("state", state.to_string())];
            metrics.connections.get_or_create(&what).set(connections.into());
        }
    }
    let now = app.world.now();
    if let Some(behind) = app.db.replica().and_then(|replica| replica.behind(now)) {
        metrics.behind.get_or_create(&[]).set(behind.num_milliseconds() as f64 / 1000.0);
    }
    let backlog = backlog(app.db.read(), now).await?;
    for (status, name) in STATES {
        let jobs = backlog.counts.iter().find(|(found, _)| *found == status).map_or(0, |(_, jobs)| *jobs);
        metrics.jobs.get_or_create(&[("state", name.into())]).set(jobs);
    }
    let lag = backlog.due_since.map_or(0, |since| (now - since).num_milliseconds());
    metrics.job_lag.set(lag as f64 / 1000.0);
    let mut text = String::new();
    encode(&mut text, &metrics.registry).map_err(|error| kernel::Error::Internal(error.to_string()))?;
    Ok(text)
}

const STATES: [(JobStatus, &str); 4] = [
    (JobStatus::Queued, "queued"),
    (JobStatus::Running, "running"),
    (JobStatus::Done, "done"),
    (JobStatus::Dead, "dead"),
];
