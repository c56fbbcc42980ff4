//! The tutor at work: what a question needs is read, a model or the passages themselves answer, and what comes is written
//! down as it comes. Whoever listens reads it there, whichever process that is.

mod answering;
mod begun;
mod indexing;
mod streaming;
mod suggesting;

pub use answering::{answer, end_lost};
pub use suggesting::suggest_questions;
