//! What the tutor answers from: the words of courses, sections, files and captions, taken apart into passages, and found
//! again for a question. Nothing of a quiz is among them.

mod collecting;
mod cutting;
mod indexing;
mod ranking;
mod retrieving;
mod sources;
mod stopping;
mod words;

pub use collecting::{About, collect};
pub use cutting::Cut;
pub use indexing::{AT_ONCE, Indexed, keep, outdated};
pub use ranking::choose;
pub use retrieving::{Passage, citable, likely, versions};
pub use sources::read;
pub use stopping::is_stop_word;
pub use words::AskedWords;
