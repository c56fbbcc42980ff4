//! The workers: each takes a job, does it, says how it ended, and takes the next.

use std::{sync::Arc, time::Duration};

use kernel::{
    Job, Result,
    jobs::{self, Claimed, Ending},
};
use tokio::{
    sync::{Notify, watch},
    task::{JoinError, JoinSet},
    time::{Instant, interval_at, sleep, timeout},
};
use tracing::Instrument;

use super::{Failure, LEASES, handle, recurring};
use crate::{app::App, webhooks};

/// How often a worker looks for what no bell told of: jobs of other processes, and those whose time has come.
const POLL: Duration = Duration::from_secs(1);
/// So many times within its lease a worker says that it is still there: one that comes late, or is refused by a database that
/// is busy, loses nothing.
const RENEWALS: i32 = 4;
/// How long running jobs may take to end. One that takes longer is done again by somebody else.
const STOP_WAIT: Duration = Duration::from_secs(20);

/// So many workers do nothing but answer learners, who would else wait behind films.
const TUTORS: usize = 2;

/// Workers that run until they are told to stop.
pub struct Workers {
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

/// Starts workers that do this many jobs at a time, some who only answer learners, and one who tells webhooks, and sees to it that what recurs is in the queue.
pub async fn start(app: &Arc<App>, at_once: usize) -> Result<Workers> {
    if at_once > 0 {
        app.write_as_system(recurring::ensure).await?;
    }
    let (stop, stopped) = watch::channel(false);
    let mut tasks = JoinSet::new();
    for _ in 0..at_once {
        tasks.spawn(work(app.clone(), stopped.clone(), None));
    }
    for _ in 0..TUTORS.min(at_once) {
        tasks.spawn(work(app.clone(), stopped.clone(), Some(ai::AnswerQuestion::KIND)));
    }
    if at_once > 0 {
        tasks.spawn(webhooks::run(app.clone(), stop.subscribe()));
    }
    Ok(Workers { stop, tasks })
}

impl Workers {
    /// Takes no new jobs, waits for those under way.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        let ended = async { while self.tasks.join_next().await.is_some() {} };
        if timeout(STOP_WAIT, ended).await.is_err() {
            tracing::warn!("a job takes too long: it will be done again");
        }
    }
}

async fn work(app: Arc<App>, mut stop: watch::Receiver<bool>, kind: Option<&'static str>) {
    while !*stop.borrow_and_update() {
        match run_some(&app, kind).await {
            Ok(Some(_)) => continue,
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "can't get at the jobs"),
        }
        tokio::select! {
            () = bell(&app, kind).notified() => {}
            () = sleep(POLL) => {}
            _ = stop.changed() => {}
        }
    }
}

/// A job that was run, and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ran {
    pub kind: String,
    pub ending: Ending,
}

/// Does the next job that is due, if there is one.
pub async fn run_next(app: &Arc<App>) -> Result<Option<Ran>> {
    run_some(app, None).await
}

/// The same, of one kind alone.
async fn run_some(app: &Arc<App>, kind: Option<&'static str>) -> Result<Option<Ran>> {
    let claimed = app.write_as_system(async |tx| match kind {
        Some(kind) => jobs::claim_of(tx, LEASES, kind).await,
        None => jobs::claim(tx, LEASES).await,
    });
    let Some(job) = claimed.await? else {
        return Ok(None);
    };
    // There may be another one, for a worker who sleeps.
    bell(app, kind).notify_one();
    let begun = std::time::Instant::now();
    let ending = match run(app, &job).await {
        Some(outcome) => end(app, &job, outcome).await?,
        None => Ending::Lost,
    };
    app.metrics.count_job(&job.kind, ending, begun.elapsed());
    Ok(Some(Ran { kind: job.kind, ending }))
}

fn bell<'a>(app: &'a App, kind: Option<&'static str>) -> &'a Notify {
    if kind.is_some() { &app.tutor_bell } else { &app.bell }
}

/// How it went; `None` when the lease was lost. A task of its own, so that a panic is only this job's.
async fn run(app: &Arc<App>, job: &Claimed) -> Option<Result<(), Failure>> {
    if job.is_worn_out() {
        return Some(Err(Failure::for_good("Its workers were lost as often as it may be tried.".into())));
    }
    let mut task = JoinSet::new();
    let (its_app, its_job) = (app.clone(), job.clone());
    let span = tracing::error_span!("job", id = kernel::EntityId::to_wire(job.id), otel.name = job.kind);
    task.spawn(async move { handle(&its_app, &its_job).await }.instrument(span));
    let every = (job.lasts / RENEWALS).to_std().unwrap_or(POLL);
    let mut pulse = interval_at(Instant::now() + every, every);
    loop {
        tokio::select! {
            Some(joined) = task.join_next() => return Some(outcome(joined)),
            _ = pulse.tick() => if !is_still_ours(app, job).await { return None },
        }
    }
}

fn outcome(joined: Result<Result<(), Failure>, JoinError>) -> Result<(), Failure> {
    joined.unwrap_or_else(|_| Err(Failure::for_now("It panicked; the log says where.")))
}

/// A database that can't be reached for a moment takes nothing from us: the lease does that in its time.
async fn is_still_ours(app: &App, job: &Claimed) -> bool {
    let renewed = app.write_as_system(async |tx| jobs::renew(tx, job).await).await;
    renewed.unwrap_or_else(|error| {
        tracing::warn!(%error, "can't keep a job");
        true
    })
}

async fn end(app: &App, job: &Claimed, outcome: Result<(), Failure>) -> Result<Ending> {
    let ending = app.write_as_system(async |tx| {
        let ending = match &outcome {
            Ok(()) => jobs::finish(tx, job).await?,
            Err(failure) => jobs::fail(tx, job, &failure.says, failure.is_final).await?,
        };
        recurring::follow(tx, job, ending).await?;
        Ok(ending)
    });
    let ending = ending.await?;
    let error = outcome.err().map(|failure| failure.says).unwrap_or_default();
    let (id, kind) = (kernel::EntityId::to_wire(job.id), &job.kind);
    match ending {
        Ending::Done => tracing::debug!(id, kind, "job done"),
        Ending::Waiting => tracing::warn!(id, kind, attempt = job.attempts, error, "job failed, will be tried again"),
        Ending::Dead => tracing::error!(id, kind, error, "job dead"),
        Ending::Lost => tracing::warn!(id, kind, "job lost to another worker"),
    }
    Ok(ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_a_failure_that_may_pass() {
        let mut task = JoinSet::new();
        task.spawn(async { panic!("secret") });
        let failed = outcome(task.join_next().await.unwrap());
        assert_eq!(failed, Err(Failure { says: "It panicked; the log says where.".into(), is_final: false }));
    }
}
