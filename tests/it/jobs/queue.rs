//! What the queue promises, whatever the jobs are.

use std::collections::HashSet;

use chrono::Duration;
use gateway::jobs::{LEASES, run_next};
use kernel::{
    JobId, Tx, Viewer, World,
    jobs::{Claimed, Ending, JobStatus, LEASE, claim, fail, finish, renew},
};
use testkit::{TestApp, on_both};

use super::{PurgeJobs, Unknown, Unreadable, all, enqueue, first};

async fn take(app: &TestApp) -> Option<Claimed> {
    app.app.write_as_system(async |tx| claim(tx, LEASES).await).await.unwrap()
}

async fn done(app: &TestApp, job: &Claimed) -> Ending {
    app.app.write_as_system(async |tx| finish(tx, job).await).await.unwrap()
}

async fn failed(app: &TestApp, job: &Claimed) -> Ending {
    app.app.write_as_system(async |tx| fail(tx, job, "Out of ink.", false).await).await.unwrap()
}

async fn renewed(app: &TestApp, job: &Claimed) -> bool {
    app.app.write_as_system(async |tx| renew(tx, job).await).await.unwrap()
}

#[on_both]
async fn a_job_comes_and_goes_with_its_transaction(app: TestApp) {
    let mut tx = Tx::begin(app.db(), &Viewer::System, app.world.now(), app.world.clone()).await.unwrap();
    tx.enqueue(&PurgeJobs {}).await.unwrap();
    drop(tx);
    assert!(all(&app).await.is_empty());
    let refused: kernel::Result<()> = app
        .app
        .write_as_system(async |tx| {
            tx.enqueue(&PurgeJobs {}).await?;
            Err(kernel::Error::Denied)
        })
        .await;
    assert!(refused.is_err());
    assert!(all(&app).await.is_empty());
    let id = enqueue(&app, PurgeJobs {}).await;
    let job = all(&app).await.remove(0);
    assert_eq!((job.id, job.kind.as_str(), job.status), (id, "purge_jobs", JobStatus::Queued));
    assert_eq!((job.attempts, job.max_attempts, job.payload), (0, 3, serde_json::json!({})));
    assert_eq!((job.run_at, job.enqueued_at, job.finished_at), (app.world.now(), app.world.now(), None));
    assert_eq!(app.run_jobs().await, ["purge_jobs"]);
    assert_eq!(app.run_jobs().await, [""; 0]);
    let job = all(&app).await.remove(0);
    assert_eq!((job.status, job.attempts, job.finished_at), (JobStatus::Done, 1, Some(app.world.now())));
    assert_eq!((job.lease, job.locked_until), (None, None));
}

#[on_both]
async fn a_job_waits_for_its_time_and_the_oldest_goes_first(app: TestApp) {
    let now = app.world.now();
    let in_order = app.app.write_as_system(async |tx| {
        let late = tx.enqueue_at(&PurgeJobs {}, now + Duration::seconds(2)).await?;
        let soon = tx.enqueue_at(&PurgeJobs {}, now + Duration::seconds(1)).await?;
        Ok([soon, late])
    });
    let [soon, late] = in_order.await.unwrap();
    assert!(take(&app).await.is_none());
    app.world.pass(Duration::seconds(1) - Duration::microseconds(1));
    assert!(take(&app).await.is_none());
    app.world.pass(Duration::seconds(2));
    assert_eq!([take(&app).await.unwrap().id, take(&app).await.unwrap().id], [soon, late]);
    assert!(take(&app).await.is_none());
}

#[on_both]
async fn a_job_whose_worker_was_lost_runs_again(app: TestApp) {
    enqueue(&app, PurgeJobs {}).await;
    let lost = take(&app).await.unwrap();
    app.world.pass(LEASE - Duration::microseconds(1));
    assert_eq!(app.run_jobs().await, [""; 0]);
    app.world.pass(Duration::microseconds(1));
    assert_eq!(app.run_jobs().await, ["purge_jobs"]);
    // The lost one comes back to life and has no say any more.
    assert!(!renewed(&app, &lost).await);
    assert_eq!(failed(&app, &lost).await, Ending::Lost);
    assert_eq!(done(&app, &lost).await, Ending::Lost);
    assert_eq!(first(&app).await, (JobStatus::Done, 2, None));
}

#[on_both]
async fn who_says_to_be_there_keeps_the_job(app: TestApp) {
    enqueue(&app, PurgeJobs {}).await;
    let job = take(&app).await.unwrap();
    for _ in 0..3 {
        app.world.pass(LEASE - Duration::seconds(1));
        assert!(renewed(&app, &job).await);
        assert!(take(&app).await.is_none());
    }
    assert_eq!(done(&app, &job).await, Ending::Done);
    assert_eq!(first(&app).await, (JobStatus::Done, 1, None));
}

/// A job that ends its worker would end all of them, one after the other.
#[on_both]
async fn a_job_that_loses_its_workers_is_dead_in_the_end(app: TestApp) {
    enqueue(&app, PurgeJobs {}).await;
    for _ in 0..3 {
        assert!(take(&app).await.is_some());
        app.world.pass(LEASE);
    }
    let ran = run_next(&app.app).await.unwrap().unwrap();
    assert_eq!(ran.ending, Ending::Dead);
    let why = "Its workers were lost as often as it may be tried.";
    assert_eq!(all(&app).await.remove(0).last_error.as_deref(), Some(why));
    app.world.pass(LEASE * 100);
    assert!(take(&app).await.is_none());
}

#[on_both]
async fn each_failure_doubles_the_wait_until_the_job_is_dead(app: TestApp) {
    enqueue(&app, PurgeJobs {}).await;
    for (attempt, longest) in [(1, Duration::seconds(10)), (2, Duration::seconds(20))] {
        let job = take(&app).await.unwrap();
        assert_eq!(failed(&app, &job).await, Ending::Waiting);
        assert_eq!(first(&app).await, (JobStatus::Queued, attempt, Some("Out of ink.".into())));
        let wait = all(&app).await.remove(0).run_at - app.world.now();
        assert!(longest / 2 <= wait && wait <= longest, "{wait} of {longest}");
        app.world.pass(wait - Duration::microseconds(1));
        assert!(take(&app).await.is_none());
        app.world.pass(Duration::microseconds(1));
    }
    let job = take(&app).await.unwrap();
    assert_eq!(failed(&app, &job).await, Ending::Dead);
    assert_eq!(first(&app).await, (JobStatus::Dead, 3, Some("Out of ink.".into())));
    assert_eq!(all(&app).await.remove(0).finished_at, Some(app.world.now()));
    app.world.pass(Duration::days(1));
    assert!(take(&app).await.is_none());
}

#[on_both]
async fn what_no_attempt_can_mend_is_dead_at_once(app: TestApp) {
    for (job, kind, error) in [
        (enqueue(&app, Unreadable(1)).await, "purge_jobs", "the payload is none of the kind purge_jobs: invalid type"),
        (enqueue(&app, Unknown {}).await, "no_such_kind", "nothing here does jobs of the kind no_such_kind"),
    ] {
        app.run_jobs().await;
        let job = all(&app).await.into_iter().find(|row| row.id == job).unwrap();
        assert_eq!((job.kind.as_str(), job.status, job.attempts), (kind, JobStatus::Dead, 1));
        assert!(job.last_error.unwrap().starts_with(error));
    }
}

const TASKS: usize = 32;

#[on_both]
async fn of_32_at_once_with_one_key_one_is_enqueued(app: TestApp) {
    let tasks = (0..TASKS).map(|_| {
        let app = app.clone();
        tokio::spawn(async move {
            let now = app.world.now();
            app.app.write_as_system(async |tx| tx.enqueue_once("key", &PurgeJobs {}, now).await).await.unwrap()
        })
    });
    let mut enqueued = vec![];
    for task in tasks.collect::<Vec<_>>() {
        enqueued.extend(task.await.unwrap());
    }
    let ids: Vec<JobId> = all(&app).await.into_iter().map(|job| job.id).collect();
    assert_eq!((ids.len(), enqueued), (1, ids));
}

#[on_both]
async fn a_key_is_free_again_when_its_job_has_ended(app: TestApp) {
    let now = app.world.now();
    let again =
        async || app.app.write_as_system(async |tx| tx.enqueue_once("key", &Unknown {}, now).await).await.unwrap();
    assert!(again().await.is_some());
    assert!(again().await.is_none());
    let job = take(&app).await.unwrap();
    assert!(again().await.is_none(), "it still runs");
    failed(&app, &job).await;
    assert!(again().await.is_none(), "it will be tried again");
    app.world.pass(Duration::minutes(1));
    let job = take(&app).await.unwrap();
    done(&app, &job).await;
    assert!(again().await.is_some());
}

#[on_both]
async fn many_workers_never_take_the_same_job(app: TestApp) {
    let mut wanted = HashSet::new();
    for _ in 0..TASKS {
        wanted.insert(enqueue(&app, PurgeJobs {}).await);
    }
    let tasks = (0..8).map(|_| {
        let app = app.clone();
        tokio::spawn(async move {
            let mut taken = vec![];
            while let Some(job) = take(&app).await {
                taken.push(job.id);
            }
            taken
        })
    });
    let mut taken = vec![];
    for task in tasks.collect::<Vec<_>>() {
        taken.extend(task.await.unwrap());
    }
    assert_eq!(taken.len(), TASKS);
    assert_eq!(taken.into_iter().collect::<HashSet<_>>(), wanted);
}
