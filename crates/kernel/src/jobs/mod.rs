//! Work for later: a queue in the database, so that a job is there exactly when the change that wants it is. Every job
//! runs at least once; one whose worker was lost runs again.

mod claiming;
mod ending;
mod enqueueing;
#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod job;
mod policy;
pub mod reading;
mod retrying;
pub mod rules;
mod watching;

use serde::{Serialize, de::DeserializeOwned};

pub use claiming::{Claimed, LEASE, Leases, claim, claim_of, renew};
pub use ending::{Ending, LONGEST_BACKOFF, fail, finish, purge};
pub use job::JobStatus;
pub use reading::{JobFilter, JobRow};
pub use retrying::retry;
pub use watching::{Backlog, backlog, due_since};

/// Something to be done after the commit, outside the request. The value is kept as JSON, which staff can read: it names
/// what the work is about, and holds no secret. It may be done more than once.
pub trait Job: Serialize + DeserializeOwned + Send + Sync {
    /// The stable name, by which a worker finds the handler.
    const KIND: &'static str;
    /// How often it is tried before it is dead.
    const ATTEMPTS: i32 = 10;
    /// How long a worker that is not heard of has it for itself: shorter where somebody waits for what comes of it.
    const LEASE: chrono::Duration = LEASE;
}
