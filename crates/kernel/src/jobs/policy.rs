//! Who may do what to jobs. Everything about it is on this page.

use super::job;
use crate::{Permission, Policy, Viewer};

/// Put a dead job back in the queue.
pub struct Retry;

impl Policy<Retry> for job::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.has(Permission::JobsManage)
    }
}
