//! Quizzes, attempts, grading.

mod copying;
#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod entity;
mod erasing;
mod placing;
mod portable;
pub mod reading;
mod rows;
pub mod rules;
mod sitting;
mod visibility;

pub use copying::copy_quizzes;
pub use entity::{quiz, quiz_answer, quiz_attempt, quiz_question};
pub use erasing::{attempts, erase_answers};
pub use placing::{contents, place, placement, published_in};
pub use portable::{PortableQuestion, PortableQuiz, add_portable_quizzes, portable_quizzes};
pub use quiz::QuizType;
pub use quiz_attempt::AttemptStatus;
pub use quiz_question::QuestionType;
pub use rows::{AnswerRow, AttemptRow, QuestionRow, QuizRow};
pub use sitting::has_open_attempt;
