//! Inputs and payloads of what is done to attempts.

use async_graphql::{ID, InputObject, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::{AttemptId, QuestionId, QuizId};

use super::{AnswerInput, QuizAttempt, receipt::AnswerReceipt, saved_answer::SavedAnswer};
use crate::graphql::{error::UserError, id::Id, scalars::SafeInt};

/// Which quiz to sit.
#[derive(Debug, InputObject)]
pub struct StartQuizAttemptInput {
    /// The quiz.
    pub quiz_id: Id<QuizId>,
}

/// What to save.
#[derive(Debug, InputObject)]
pub struct SaveAnswerInput {
    /// Your attempt.
    pub attempt_id: Id<AttemptId>,
    /// The question.
    pub question_id: Id<QuestionId>,
    /// The answer.
    pub answer: AnswerInput,
    /// Counts your changes of this answer: what has a lower number than what is saved is older, and does not replace it. From 0
    /// to 9,007,199,254,740,991.
    pub client_sequence: SafeInt,
}

/// What to save at once.
#[derive(Debug, InputObject)]
pub struct SaveAnswersInput {
    /// Your attempt.
    pub attempt_id: Id<AttemptId>,
    /// At most 100, in any order; several for one question, too.
    pub answers: Vec<QueuedAnswerInput>,
}

/// An answer that waited to be saved. Whatever is wrong with it is told with what came of it, and keeps no other back, as long as
/// it is an `AnswerInput` and a number at all.
#[derive(Debug, InputObject)]
pub struct QueuedAnswerInput {
    /// The question.
    pub question_id: Id<QuestionId>,
    /// The answer.
    pub answer: AnswerInput,
    /// Counts your changes of this answer: what has a lower number than what is saved is older, and does not replace it. From 0
    /// to 9,007,199,254,740,991.
    pub client_sequence: SafeInt,
}

/// What to hand in.
#[derive(Debug, InputObject)]
pub struct SubmitQuizAttemptInput {
    /// Your attempt.
    pub attempt_id: Id<AttemptId>,
}

/// What came of beginning an attempt.
#[derive(SimpleObject)]
pub struct StartQuizAttemptPayload {
    /// The attempt: a new one, or the one that you have open. Null when the input was refused.
    pub attempt: Option<QuizAttempt>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of saving an answer.
#[derive(SimpleObject)]
pub struct SaveAnswerPayload {
    /// What is saved now. Null when the input was refused.
    pub answer: Option<SavedAnswer>,
    /// Was a newer answer there already, or another one with the same number, which stays?
    pub is_superseded: bool,
    /// What you can show for what is saved now. Null when the input was refused.
    pub receipt: Option<AnswerReceipt>,
    /// The time here.
    pub server_now: DateTime<Utc>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of saving answers.
#[derive(SimpleObject)]
pub struct SaveAnswersPayload {
    /// What came of each, in their order. Null when the attempt takes no answers.
    pub results: Option<Vec<SaveAnswerResult>>,
    /// The time here.
    pub server_now: DateTime<Utc>,
    /// What is wrong with the input as a whole; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of saving one of several answers.
#[derive(SimpleObject)]
pub struct SaveAnswerResult {
    /// The question.
    pub question_id: ID,
    /// What is saved now. Null when this answer was refused.
    pub answer: Option<SavedAnswer>,
    /// Was a newer answer there already, or another one with the same number, which stays?
    pub is_superseded: bool,
    /// What you can show for what is saved now. Null when this answer was refused.
    pub receipt: Option<AnswerReceipt>,
    /// What is wrong with this answer; empty when it is saved.
    pub user_errors: Vec<UserError>,
}

/// What came of handing an attempt in.
#[derive(SimpleObject)]
pub struct SubmitQuizAttemptPayload {
    /// The attempt, with its receipt. Null when the input was refused.
    pub attempt: Option<QuizAttempt>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}
