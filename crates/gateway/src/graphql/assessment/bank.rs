use assessment::{BankRow, DrawRow};
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::EntityId;

use super::{
    AuthoredQuestion, Quiz,
    keys::{BankById, QuestionCountOfBank, QuestionsOfBank, QuizById},
};
use crate::graphql::{
    accounts::PublicProfile,
    courses::{Course, keys::CourseById},
    error::Result,
    node::{node_type, one},
    page::{Connection, edge},
    scalars::hundredths,
};

node_type! {
    /// Questions that quizzes draw from.
    QuestionBank(BankRow)
}

node_type! {
    /// A place for drawn questions.
    BankDraw(DrawRow)
}

/// Questions of a course that its quizzes draw from. Only for those who work on the course.
#[Object]
impl QuestionBank {
    /// Names this bank among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is for; may be empty.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// Counts the edits of the bank and of its questions: say it as `expectedVersion`, and nobody's edit is lost.
    async fn version(&self) -> i32 {
        self.0.version
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

    /// The course it belongs to. Null when that can't be read.
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, Some(CourseById(self.0.course_id))).await
    }

    /// Its questions with their answers. Null when they can't be read.
    async fn questions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<AuthoredQuestion>>> {
        edge(ctx, self.0.id, (first, after, last, before), QuestionsOfBank, QuestionCountOfBank).await
    }
}

/// A place in a quiz for questions that each attempt draws from a bank. Only for those who work on the course.
#[Object]
impl BankDraw {
    /// Names this draw among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// How many questions an attempt draws. No question comes twice in an attempt.
    async fn count(&self) -> i32 {
        self.0.count
    }

    /// What each of them is worth, whatever the bank says.
    async fn points_each(&self) -> f64 {
        hundredths(self.0.points)
    }

    /// Where it stands among the questions of the quiz; the least comes first.
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

    /// The quiz. Null when that can't be read.
    async fn quiz(&self, ctx: &Context<'_>) -> Option<Result<Quiz>> {
        one(ctx, Some(QuizById(self.0.quiz_id))).await
    }

    /// The bank. Null when that can't be read.
    async fn question_bank(&self, ctx: &Context<'_>) -> Option<Result<QuestionBank>> {
        one(ctx, Some(BankById(self.0.bank_id))).await
    }
}
