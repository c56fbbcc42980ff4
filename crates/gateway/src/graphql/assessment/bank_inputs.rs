//! Inputs and payloads of the mutations on question banks and draws.

use async_graphql::{ID, InputObject, SimpleObject};
use kernel::{BankId, CourseId, DrawId, QuizId};

use super::{BankDraw, QuestionBank, Quiz};
use crate::graphql::{courses::Course, error::UserError, id::Id};

/// A question bank to be.
#[derive(Debug, InputObject)]
pub struct CreateQuestionBankInput {
    /// The course it belongs to. A course has at most 200 question banks.
    pub course_id: Id<CourseId>,
    /// 1 to 255 characters.
    pub name: String,
    /// What it is for, at most 20,000 characters.
    #[graphql(default)]
    pub description: String,
}

/// What to change of a question bank. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct UpdateQuestionBankInput {
    /// Which bank.
    pub id: Id<BankId>,
    /// The `version` of the bank that you saw. When somebody changed it since, nothing is changed and the answer is
    /// `STALE_VERSION` with the current bank. Left out, the last change wins.
    pub expected_version: Option<i32>,
    /// 1 to 255 characters.
    pub name: Option<String>,
    /// What it is for, at most 20,000 characters.
    pub description: Option<String>,
}

/// Which question bank to delete.
#[derive(Debug, InputObject)]
pub struct DeleteQuestionBankInput {
    /// Its id.
    pub id: Id<BankId>,
    /// The `version` of the bank that you saw. When somebody changed it since, nothing is deleted and the answer is
    /// `STALE_VERSION`. Left out, it is deleted as it is.
    pub expected_version: Option<i32>,
}

/// Questions to be drawn.
#[derive(Debug, InputObject)]
pub struct AddBankDrawInput {
    /// The quiz that they come into, at the end.
    pub quiz_id: Id<QuizId>,
    /// The bank that they are drawn from, of the same course.
    pub bank_id: Id<BankId>,
    /// How many, from 1 to 500.
    pub count: i32,
    /// What each of them is worth: 0.01 to 1,000.
    #[graphql(default = 1.0)]
    pub points_each: f64,
}

/// What to change of a draw. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct UpdateBankDrawInput {
    /// Which draw.
    pub id: Id<DrawId>,
    /// The `version` of the quiz that you saw. When somebody changed it since, nothing is changed and the answer is
    /// `STALE_VERSION` with the current draw. Left out, the last change wins.
    pub expected_version: Option<i32>,
    /// How many, from 1 to 500.
    pub count: Option<i32>,
    /// What each of them is worth: 0.01 to 1,000.
    pub points_each: Option<f64>,
}

/// Which draw to delete.
#[derive(Debug, InputObject)]
pub struct DeleteBankDrawInput {
    /// Its id.
    pub id: Id<DrawId>,
    /// The `version` of the quiz that you saw. When somebody changed it since, nothing is deleted and the answer is
    /// `STALE_VERSION`. Left out, it is deleted as it is.
    pub expected_version: Option<i32>,
}

/// What came of beginning a question bank.
#[derive(SimpleObject)]
pub struct CreateQuestionBankPayload {
    /// The new bank. Null when the input was refused.
    pub question_bank: Option<QuestionBank>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of changing a question bank.
#[derive(SimpleObject)]
pub struct UpdateQuestionBankPayload {
    /// The bank as it is now; on `STALE_VERSION` as somebody else left it. Null when the input was refused otherwise.
    pub question_bank: Option<QuestionBank>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of deleting a question bank.
#[derive(SimpleObject)]
pub struct DeleteQuestionBankPayload {
    /// The id of the bank that is gone. Null when it could not be deleted.
    pub deleted_question_bank_id: Option<ID>,
    /// The course that it was of. Null when the input was refused.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of adding a draw.
#[derive(SimpleObject)]
pub struct AddBankDrawPayload {
    /// The new draw. Null when the input was refused.
    pub bank_draw: Option<BankDraw>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of changing a draw.
#[derive(SimpleObject)]
pub struct UpdateBankDrawPayload {
    /// The draw as it is now; on `STALE_VERSION` as somebody else left it. Null when the input was refused otherwise.
    pub bank_draw: Option<BankDraw>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of deleting a draw.
#[derive(SimpleObject)]
pub struct DeleteBankDrawPayload {
    /// The id of the draw that is gone. Null when it could not be deleted.
    pub deleted_bank_draw_id: Option<ID>,
    /// The quiz that it was in. Null when the input was refused.
    pub quiz: Option<Quiz>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}
