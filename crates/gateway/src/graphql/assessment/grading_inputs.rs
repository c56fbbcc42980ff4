//! Inputs and payloads of what people say to what was handed in.

use async_graphql::{InputObject, SimpleObject};
use kernel::{AnswerId, AttemptId, QuizId};

use super::{Quiz, QuizAttempt, SubmittedAnswer};
use crate::graphql::{error::UserError, id::Id};

/// Which answer to take.
#[derive(Debug, InputObject)]
pub struct ClaimSubmissionInput {
    /// The answer.
    pub answer_id: Id<AnswerId>,
}

/// Which answer to give back.
#[derive(Debug, InputObject)]
pub struct UnclaimSubmissionInput {
    /// The answer.
    pub answer_id: Id<AnswerId>,
}

/// What to say to an answer.
#[derive(Debug, InputObject)]
pub struct GradeAnswerInput {
    /// The answer.
    pub answer_id: Id<AnswerId>,
    /// What it is worth: from 0 to what the question is, with at most two decimals.
    pub points: f64,
    /// What who gave it is told, at most 20,000 characters.
    #[graphql(default)]
    pub feedback: String,
}

/// Which grades to release.
#[derive(Debug, InputObject)]
pub struct ReleaseGradesInput {
    /// The quiz.
    pub quiz_id: Id<QuizId>,
    /// At most 100 attempts at it. Left out, all.
    pub attempt_ids: Option<Vec<Id<AttemptId>>>,
}

/// Which score to set.
#[derive(Debug, InputObject)]
pub struct OverrideScoreInput {
    /// The attempt.
    pub attempt_id: Id<AttemptId>,
    /// The points that count instead of those that were earned. Left out, those that were earned count again.
    pub score: Option<f64>,
    /// Why: 1 to 2,000 characters. Who sat the attempt reads it, too.
    pub reason: String,
}

/// What came of taking an answer.
#[derive(SimpleObject)]
pub struct ClaimSubmissionPayload {
    /// The answer. Null when the input was refused.
    pub answer: Option<SubmittedAnswer>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of giving an answer back.
#[derive(SimpleObject)]
pub struct UnclaimSubmissionPayload {
    /// The answer. Null when the input was refused.
    pub answer: Option<SubmittedAnswer>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of grading an answer.
#[derive(SimpleObject)]
pub struct GradeAnswerPayload {
    /// The answer. Null when the input was refused.
    pub answer: Option<SubmittedAnswer>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of releasing grades.
#[derive(SimpleObject)]
pub struct ReleaseGradesPayload {
    /// The quiz. Null when the input was refused.
    pub quiz: Option<Quiz>,
    /// How many attempts have their grades released by this.
    pub released_count: i32,
    /// How many attempts have to be graded first.
    pub waiting_count: i32,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of setting a score.
#[derive(SimpleObject)]
pub struct OverrideScorePayload {
    /// The attempt. Null when the input was refused.
    pub attempt: Option<QuizAttempt>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}
