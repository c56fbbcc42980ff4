//! The queue of jobs on the wire, for staff.

mod inputs;
pub mod keys;
mod mutations;
mod node;
mod queries;

pub use mutations::JobMutation;
pub use node::Job;
pub use queries::JobQuery;
