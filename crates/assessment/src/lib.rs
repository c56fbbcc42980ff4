//! Quizzes, attempts, grading.

pub mod accommodating;
mod answer;
pub mod attempting;
pub mod authoring;
pub mod banking;
mod copying;
#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod entity;
mod erasing;
pub mod exchange;
pub mod gradebook;
pub mod grading;
pub mod hand_grading;
mod number;
mod placing;
pub mod policy;
mod portable;
pub mod question;
pub mod reading;
pub mod regrading;
mod rows;
pub mod rules;
mod sitting;
pub mod versions;
mod visibility;
pub mod warnings;
mod wording;

pub use answer::{Answer, AnswerError};
pub use copying::copy_quizzes;
pub use entity::{
    grading_claim, question_bank, quiz, quiz_accommodation, quiz_answer, quiz_attempt, quiz_draw, quiz_question,
    quiz_regrade, quiz_version, regraded_attempt, score_override,
};
pub use erasing::{attempts, erase_answers, released_attempts};
pub use number::number;
pub use placing::{contents, place, placement, published_in, required_in};
pub use portable::{
    PortableBank, PortableQuiz, add_portable_banks, add_portable_quizzes, portable_banks, portable_quizzes,
};
pub use quiz::{GradeMethod, QuizType, ShowKeyAfter};
pub use quiz_attempt::AttemptStatus;
pub use quiz_question::QuestionType;
pub use rows::{
    AccommodationRow, AnswerRow, AttemptRow, BankRow, DrawRow, QuestionRow, QuizRow, QuizVersionDetails, QuizVersionRow,
};
pub use sitting::has_open_attempt;
