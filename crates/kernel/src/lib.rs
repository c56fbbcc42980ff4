//! What every context stands on: who is asking, the permit, the transaction, the audited row, pages and errors.
//! The only crate that knows how rows are written and where SQLite and PostgreSQL differ.

mod audit;
mod bulk;
mod check;
mod counters;
mod db;
pub mod dialect;
mod enrolled;
mod error;
mod event;
mod id;
pub mod jobs;
mod keys;
mod page;
mod permission;
mod permit;
mod personal;
mod sort;
mod trail;
mod turns;
mod tx;
mod viewer;
mod words;
mod world;

pub use audit::{Audited, Live};
pub use check::Check;
pub use db::{Db, DbConfig, sqlite_url};
pub use enrolled::{enrolled, enrolled_at};
pub use error::{Error, Problem, Result, Rule};
pub use event::Event;
pub use id::*;
pub use jobs::Job;
pub use kernel_macros::audited;
pub use keys::{by_keys, counts_of, lists_of};
pub use page::{Entry, MAX_PAGE, Page, PageRequest, count, page, pages_of};
pub use permission::{Permission, Permissions};
pub use permit::{Permit, Policy, allow};
pub use personal::personal_rows;
pub use sort::{Cursor, Scalar, Sort};
pub use trail::{AuditRecord, Noted, Trace, audit_event, redacted};
pub use turns::Turn;
pub use tx::Tx;
pub use viewer::{Service, SignedIn, Viewer};
pub use words::Words;
pub use world::{SystemWorld, World};
