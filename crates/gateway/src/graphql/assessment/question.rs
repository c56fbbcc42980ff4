use assessment::QuestionRow;
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::EntityId;

use super::{
    AttemptQuestion, QuestionBank, Quiz,
    content::QuestionContent,
    enums::QuestionType,
    keys::{BankById, QuizById},
};
use crate::graphql::{
    accounts::PublicProfile,
    error::Result,
    node::{node_type, one},
    scalars::{Json, hundredths},
};

node_type! {
    /// A question with its answer.
    AuthoredQuestion(QuestionRow)
}

/// One of the answers that a question offers.
#[derive(SimpleObject)]
pub struct QuestionOption {
    /// What an answer names it by: `a`. Unique within the question.
    key: String,
    /// What it says.
    text: String,
}

/// A list that comes from a JSON column: `[{"id": "a", "text": "..."}]`.
fn options(json: &serde_json::Value) -> Vec<QuestionOption> {
    let text = |option: &serde_json::Value, name: &str| option.get(name)?.as_str().map(str::to_string);
    let option = |option| Some(QuestionOption { key: text(option, "id")?, text: text(option, "text")? });
    json.as_array().into_iter().flatten().filter_map(option).collect()
}

/// A question with its answer, as those see it who may edit the course. Nobody else ever does.
#[Object]
impl AuthoredQuestion {
    /// Names this question among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// What is asked.
    async fn question_text(&self) -> &str {
        &self.0.question_text
    }

    /// How it is answered.
    async fn question_type(&self) -> QuestionType {
        self.0.question_type.into()
    }

    /// How it is answered and what is right. Null when the question does not hold together: write its content anew then.
    async fn content(&self) -> Option<QuestionContent> {
        self.0.question().ok().map(|question| question.content.into())
    }

    /// The question as who is asked sees it, but for the order that an attempt gives its options. Null when the question does
    /// not hold together.
    async fn preview(&self) -> Option<AttemptQuestion> {
        self.0.question().ok().map(|question| AttemptQuestion::new(self.0.id, question.shown()))
    }

    /// What an answer may name: options, items, prompts and choices; empty for other types.
    async fn options(&self) -> Vec<QuestionOption> {
        options(&self.0.options)
    }

    /// What is right, in the form that its type has at rest: `{"ids": ["a"]}`. `content` says it in types.
    async fn correct_answer(&self) -> Json {
        Json(self.0.correct_answer.clone())
    }

    /// Why that is right; may be empty.
    async fn explanation(&self) -> &str {
        &self.0.explanation
    }

    /// What a right answer is worth.
    async fn points(&self) -> f64 {
        hundredths(self.0.points)
    }

    /// Where it stands in the quiz or bank; the least comes first.
    async fn order_index(&self) -> i32 {
        self.0.order_index
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// Who created it. Null when nobody in particular did.
    async fn created_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.created_by).await
    }

    /// Who last changed it. Null when nobody in particular did.
    async fn updated_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.updated_by).await
    }

    // Edges.

    /// The quiz it belongs to. Null for one of a bank, and when that can't be read.
    async fn quiz(&self, ctx: &Context<'_>) -> Option<Result<Quiz>> {
        one(ctx, self.0.quiz_id.map(QuizById)).await
    }

    /// The question bank it belongs to. Null for one of a quiz, and when that can't be read.
    async fn question_bank(&self, ctx: &Context<'_>) -> Option<Result<QuestionBank>> {
        one(ctx, self.0.bank_id.map(BankById)).await
    }
}
