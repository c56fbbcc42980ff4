//! Inputs and payloads of the mutations on questions.

use assessment::{
    authoring::{Home, ItemId, QuestionChange},
    question::Question,
    rules::QUESTION_OWNER_INVALID,
};
use async_graphql::{ID, InputObject, SimpleObject};
use kernel::{BankId, DrawId, EntityId, Error, QuestionId, QuizId, Result};

use super::{AuthoredQuestion, QuestionBank, Quiz, content_inputs::QuestionContentInput};
use crate::graphql::{error::UserError, id::Id, scalars::to_hundredths};

/// A question to be.
#[derive(Debug, InputObject)]
pub struct AddQuestionInput {
    /// The quiz that it goes into, at the end; or say `bankId`.
    pub quiz_id: Option<Id<QuizId>>,
    /// The question bank that it goes into; or say `quizId`.
    pub bank_id: Option<Id<BankId>>,
    /// What is asked, of 1 to 20,000 characters. Gaps are `{{name}}`.
    pub question_text: String,
    /// How it is answered and what is right.
    pub content: QuestionContentInput,
    /// Why that is right, at most 20,000 characters.
    #[graphql(default)]
    pub explanation: String,
    /// What a right answer is worth: 0.01 to 1,000.
    #[graphql(default = 1.0)]
    pub points: f64,
}

/// What to change of a question. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct UpdateQuestionInput {
    /// Which question.
    pub id: Id<QuestionId>,
    /// The `version` of the quiz or question bank that you saw. When somebody changed that since, nothing is changed and the
    /// answer is `STALE_VERSION` with the current question. Left out, the last change wins.
    pub expected_version: Option<i32>,
    /// What is asked, of 1 to 20,000 characters.
    pub question_text: Option<String>,
    /// How it is answered and what is right, all of it; its type may change.
    pub content: Option<QuestionContentInput>,
    /// Why that is right, at most 20,000 characters.
    pub explanation: Option<String>,
    /// What a right answer is worth: 0.01 to 1,000.
    pub points: Option<f64>,
}

/// Which question to delete.
#[derive(Debug, InputObject)]
pub struct DeleteQuestionInput {
    /// Its id.
    pub id: Id<QuestionId>,
    /// The `version` of the quiz or question bank that you saw. When somebody changed that since, nothing is deleted and the
    /// answer is `STALE_VERSION`. Left out, it is deleted as it is.
    pub expected_version: Option<i32>,
}

/// The questions of a quiz in their new order.
#[derive(Debug, InputObject)]
pub struct ReorderQuestionsInput {
    /// Which quiz.
    pub quiz_id: Id<QuizId>,
    /// The ids of all of its questions and draws, each once, in their new order.
    pub order: Vec<ID>,
    /// The `version` of the quiz that you saw. When somebody changed it since, nothing is changed and the answer is
    /// `STALE_VERSION` with the current quiz.
    pub expected_version: i32,
}

/// What came of adding a question.
#[derive(SimpleObject)]
pub struct AddQuestionPayload {
    /// The new question. Null when the input was refused.
    pub question: Option<AuthoredQuestion>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of changing a question.
#[derive(SimpleObject)]
pub struct UpdateQuestionPayload {
    /// The question as it is now; on `STALE_VERSION` as somebody else left it. Null when the input was refused otherwise.
    pub question: Option<AuthoredQuestion>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of deleting a question.
#[derive(SimpleObject)]
pub struct DeleteQuestionPayload {
    /// The id of the question that is gone. Null when it could not be deleted.
    pub deleted_question_id: Option<ID>,
    /// The quiz that it was in. Null for one of a bank, and when the input was refused.
    pub quiz: Option<Quiz>,
    /// The question bank that it was in. Null for one of a quiz, and when the input was refused.
    pub question_bank: Option<QuestionBank>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of putting questions in order.
#[derive(SimpleObject)]
pub struct ReorderQuestionsPayload {
    /// The quiz in its new order; on `STALE_VERSION` as somebody else left it. Null when the input was refused otherwise.
    pub quiz: Option<Quiz>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

impl AddQuestionInput {
    pub fn into_domain(self) -> Result<(Home, Question)> {
        let home = home(self.quiz_id, self.bank_id, &["input"])?;
        let content = self.content.into_domain()?;
        let points = to_hundredths(self.points);
        Ok((home, Question { text: self.question_text, content, explanation: self.explanation, points }))
    }
}

impl UpdateQuestionInput {
    pub fn into_domain(self) -> Result<(QuestionId, Option<i32>, QuestionChange)> {
        let change = QuestionChange {
            text: self.question_text,
            content: self.content.map(QuestionContentInput::into_domain).transpose()?,
            explanation: self.explanation,
            points: self.points.map(to_hundredths),
        };
        Ok((self.id.at(&["input", "id"])?, self.expected_version, change))
    }
}

impl ReorderQuestionsInput {
    pub fn into_domain(self) -> Result<(QuizId, i32, Vec<ItemId>)> {
        let order = self.order.iter().map(|id| item(id)).collect::<Result<_>>()?;
        Ok((self.quiz_id.at(&["input", "quizId"])?, self.expected_version, order))
    }
}

fn item(id: &str) -> Result<ItemId> {
    let question = QuestionId::from_wire(id).map(ItemId::Question);
    question.or_else(|_| DrawId::from_wire(id).map(ItemId::Draw)).map_err(|_| {
        let message =
            format!("expected an id of a question or a draw: `{}_` or `{}_`", QuestionId::PREFIX, DrawId::PREFIX);
        Error::BadInput { field: ["input", "order"].map(Into::into).into(), message }
    })
}

/// The quiz or the bank that is named.
pub fn home(quiz: Option<Id<QuizId>>, bank: Option<Id<BankId>>, path: &[&'static str]) -> Result<Home> {
    match (quiz, bank) {
        (Some(quiz), None) => Ok(Home::Quiz(quiz.at(&[path, &["quizId"]].concat())?)),
        (None, Some(bank)) => Ok(Home::Bank(bank.at(&[path, &["bankId"]].concat())?)),
        _ => Err(QUESTION_OWNER_INVALID.at("quizId").into()),
    }
}
