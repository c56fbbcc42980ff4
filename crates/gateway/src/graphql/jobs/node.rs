use async_graphql::{Enum, ID, Object};
use chrono::{DateTime, Utc};
use kernel::{EntityId, jobs::JobRow, redacted};

use crate::graphql::{node::node_type, scalars::Json};

node_type! {
    /// A job.
    Job(JobRow)
}

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "kernel::jobs::JobStatus")]
pub enum JobStatus {
    /// Waiting for its time, for the first or for another attempt.
    Queued,
    /// A worker is at it.
    Running,
    /// Done. Kept for seven days.
    Done,
    /// Tried as often as it may be, or beyond mending. Kept for 90 days, in which it can be retried.
    Dead,
}

/// Something that is done in the background, outside any request. Needs the permission `jobs.manage`.
#[Object]
impl Job {
    /// Names this job among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// What is to be done: `expire_sessions`.
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// What it is to be done with; addresses and names of people are masked.
    async fn payload(&self) -> Json {
        Json(redacted("job", "payload", self.0.payload.clone()))
    }

    /// How it stands.
    async fn status(&self) -> JobStatus {
        self.0.status.into()
    }

    /// How often it was begun.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// After how many attempts it is dead.
    async fn max_attempts(&self) -> i32 {
        self.0.max_attempts
    }

    /// Before this time it is not begun. Each failure moves it on.
    async fn run_at(&self) -> DateTime<Utc> {
        self.0.run_at
    }

    /// What went wrong at the last attempt. Null when nothing has, and when it is done.
    async fn last_error(&self) -> Option<&str> {
        self.0.last_error.as_deref()
    }

    /// When it was put in the queue.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.enqueued_at
    }

    /// When it was done, or dead. Null before.
    async fn finished_at(&self) -> Option<DateTime<Utc>> {
        self.0.finished_at
    }
}
