//! Assessment on the wire.

mod attempt;
mod enums;
pub mod keys;
mod question;
mod quiz;

pub use attempt::QuizAttempt;
pub use question::AuthoredQuestion;
pub use quiz::Quiz;
