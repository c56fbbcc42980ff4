//! The audit trail: what was done, written with the change it tells of.

#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod audit_event;
mod recording;
mod redacting;

pub use recording::{AuditRecord, Noted, Trace};
pub use redacting::redacted;
