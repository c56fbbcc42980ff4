mod queue;
mod recurring;
mod serving;
mod staff;
mod tasks;

use kernel::{
    Job, JobId,
    jobs::{JobStatus, job},
};
use sea_orm::{EntityTrait, QueryOrder};
use serde::{Deserialize, Serialize};
use testkit::TestApp;

/// A job of the product, as it is enqueued.
#[derive(Serialize, Deserialize)]
pub struct PurgeJobs {}

impl Job for PurgeJobs {
    const KIND: &'static str = "purge_jobs";
    const ATTEMPTS: i32 = 3;
}

/// The same, with a payload that its handler can't read.
#[derive(Serialize, Deserialize)]
struct Unreadable(u8);

impl Job for Unreadable {
    const KIND: &'static str = "purge_jobs";
}

/// A job that nothing does.
#[derive(Serialize, Deserialize)]
pub struct Unknown {}

impl Job for Unknown {
    const KIND: &'static str = "no_such_kind";
}

/// Enqueues and commits.
pub async fn enqueue(app: &TestApp, job: impl Job) -> JobId {
    app.app.write_as_system(async |tx| tx.enqueue(&job).await).await.unwrap()
}

/// All jobs there are, in the order they are due.
#[expect(clippy::disallowed_methods, reason = "all of them, whoever may see them")]
async fn all(app: &TestApp) -> Vec<job::Model> {
    job::Entity::find()
        .order_by_asc(job::Column::RunAt)
        .order_by_asc(job::Column::Id)
        .all(app.db().read())
        .await
        .unwrap()
}

/// How the job that is due first stands: status, attempts, error. What recurs comes after it.
async fn first(app: &TestApp) -> (JobStatus, i32, Option<String>) {
    let first = all(app).await.remove(0);
    (first.status, first.attempts, first.last_error)
}
