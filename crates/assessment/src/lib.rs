//! Quizzes, attempts, grading.

#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod entity;
pub mod reading;
mod rows;
mod visibility;

pub use entity::{quiz, quiz_answer, quiz_attempt, quiz_question};
pub use quiz::QuizType;
pub use quiz_attempt::AttemptStatus;
pub use quiz_question::QuestionType;
pub use rows::{AnswerRow, AttemptRow, QuestionRow, QuizRow};
