//! What is loaded of jobs.

use kernel::{
    JobId,
    jobs::{JobRow, reading},
};

use crate::graphql::keys::key;

key! {
    /// A job.
    JobById: JobId => JobRow, reading::jobs
}
