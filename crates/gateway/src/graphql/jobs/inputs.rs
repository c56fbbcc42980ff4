//! Inputs and payloads around jobs.

use async_graphql::{InputObject, SimpleObject};
use kernel::JobId;

use super::{Job, node::JobStatus};
use crate::graphql::{error::UserError, id::Id};

/// Narrows the list of jobs; what is not given does not narrow, and all that is given has to hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct JobFilter {
    /// Of this status.
    pub status: Option<JobStatus>,
    /// Of this kind: `expire_sessions`.
    pub kind: Option<String>,
}

impl From<JobFilter> for kernel::jobs::JobFilter {
    fn from(filter: JobFilter) -> Self {
        Self { status: filter.status.map(Into::into), kind: filter.kind }
    }
}

/// Which job to try again.
#[derive(InputObject)]
pub struct RetryJobInput {
    /// The id of a dead job.
    pub id: Id<JobId>,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct RetryJobPayload {
    /// The job, back in the queue. Null when it was refused.
    pub job: Option<Job>,
    /// Why: `JOB_NOT_DEAD`, `JOB_QUEUED_ALREADY`.
    pub user_errors: Vec<UserError>,
}
