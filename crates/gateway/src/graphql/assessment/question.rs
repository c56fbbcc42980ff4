use assessment::QuestionRow;
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::EntityId;

use super::{Quiz, enums::QuestionType, keys::QuizById};
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

    /// What can be chosen; empty unless the question is of type `MULTIPLE_CHOICE`.
    async fn options(&self) -> Vec<QuestionOption> {
        options(&self.0.options)
    }

    /// What is right, in the form that its type has: `{"ids": ["a"]}`.
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

    /// Where it stands in the quiz; the least comes first.
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

    /// The quiz it belongs to. Null when that can't be read.
    async fn quiz(&self, ctx: &Context<'_>) -> Option<Result<Quiz>> {
        one(ctx, Some(QuizById(self.0.quiz_id))).await
    }
}
