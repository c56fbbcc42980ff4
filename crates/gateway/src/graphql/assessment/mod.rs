//! Assessment on the wire.

mod accommodation;
mod accommodations;
mod answer_review;
mod answering;
mod attempt;
mod attempt_events;
mod attempt_inputs;
mod attempt_question;
mod attempts;
mod bank;
mod bank_inputs;
mod banks;
mod content;
mod content_inputs;
mod deleted_quizzes;
mod enums;
mod grade;
mod gradebook;
mod grading;
mod grading_inputs;
mod imports;
pub mod keys;
mod queries;
mod question;
mod question_inputs;
mod questions;
mod quiz;
mod quiz_inputs;
mod quizzes;
mod readiness;
mod receipt;
mod regrade;
mod regrade_effects;
mod regrade_inputs;
mod regrades;
mod saved_answer;
mod score_override;
mod submitted_answer;
mod version;

pub use accommodation::QuizAccommodation;
pub use accommodations::AccommodationMutation;
pub use answering::{AnswerGrade, AnswerInput};
pub use attempt::QuizAttempt;
pub use attempt_events::AttemptSubscription;
pub use attempt_question::AttemptQuestion;
pub use attempts::{AttemptMutation, AttemptQuery};
pub use bank::{BankDraw, QuestionBank};
pub use banks::BankMutation;
pub use deleted_quizzes::DeletedQuizQuery;
pub use grade::QuizGrade;
pub use gradebook::GradebookQuery;
pub use grading::{GradingMutation, GradingQuery};
pub use imports::ImportMutation;
pub use queries::QuizQuery;
pub use question::AuthoredQuestion;
pub use questions::QuestionMutation;
pub use quiz::Quiz;
pub use quizzes::QuizMutation;
pub use regrade::QuizRegrade;
pub use regrades::RegradeMutation;
pub use submitted_answer::SubmittedAnswer;
pub use version::QuizVersion;

use assessment::authoring::Edited;
use courses::rules::STALE_VERSION;

use super::error::UserError;

/// What there is after an edit; a stale version is told beside it.
fn settled<T>(edited: Option<Edited<T>>, user_errors: &mut Vec<UserError>) -> Option<T> {
    Some(match edited? {
        Edited::Done(row) => row,
        Edited::Stale(row) => {
            user_errors.push((&STALE_VERSION.at("expectedVersion")).into());
            row
        }
    })
}
