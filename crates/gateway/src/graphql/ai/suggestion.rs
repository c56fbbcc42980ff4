//! Questions that a machine proposes to authors.

use ai::{
    RunStatus, SuggestionKind, SuggestionStatus,
    questions::{RunRow, SuggestionRow},
};
use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use kernel::EntityId;

use super::{
    citation::Citation,
    keys::{RunById, SuggestionsOfRun},
};
use crate::graphql::{
    accounts::PublicProfile,
    assessment::{AuthoredQuestion, keys::QuestionById},
    courses::{Course, keys::CourseById},
    error::{ErrorCode, Result},
    node::{list, node_type, one},
};

node_type! {
    /// Questions that an author asked for.
    SuggestionRun(RunRow)
}

node_type! {
    /// A question that a machine proposes.
    QuestionSuggestion(SuggestionRow)
}

/// How far the making of questions has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "RunStatus")]
pub enum SuggestionRunStatus {
    /// They are being made.
    Running,
    /// They are there.
    Ready,
    /// There are none; `error` says why.
    Failed,
}

/// What became of a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "SuggestionStatus")]
pub enum QuestionSuggestionStatus {
    /// Nobody has decided yet.
    Pending,
    /// It has become a question of a quiz.
    Accepted,
    /// It was put aside.
    Rejected,
}

/// How a suggested question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "SuggestionKind")]
pub enum SuggestedQuestionType {
    /// By one of its options.
    MultipleChoice,
    /// By whether it is true.
    TrueFalse,
    /// By a word or two.
    ShortAnswer,
    /// By what stands in its gap, `{{1}}`.
    FillIn,
}

/// Questions that an author asked for, made by a language model or of the course's own sentences. For those who work on the
/// course.
#[Object]
impl SuggestionRun {
    /// Names this request among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// How far it has come.
    async fn status(&self) -> SuggestionRunStatus {
        self.0.status.into()
    }

    /// How many questions were asked for. There may be fewer.
    async fn wanted(&self) -> i32 {
        self.0.wanted
    }

    /// Which language model wrote them. Null when none did: they are sentences of the course with a word left out or exchanged,
    /// made by a program that understands nothing of them.
    async fn model(&self) -> Option<&str> {
        Some(&*self.0.model).filter(|model| !model.is_empty())
    }

    /// Why there are none: `AI_UNAVAILABLE`, `BUDGET_EXCEEDED`, `SUGGESTIONS_NOTHING` or `SUGGESTIONS_UNREADABLE`. Null when
    /// nothing was in the way.
    async fn error_code(&self) -> Option<ErrorCode> {
        let rule = ai::rules::ALL.iter().find(|rule| rule.code == self.0.error_code);
        rule.map(|rule| ErrorCode::from(*rule))
    }

    /// The same in a sentence for people.
    async fn error(&self) -> Option<&str> {
        Some(&*self.0.error).filter(|error| !error.is_empty())
    }

    /// When it was asked for.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    // Edges.

    /// Who asked. Null when the account is not active.
    async fn created_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.created_by).await
    }

    /// The questions, 20 at most. Null when they can't be read.
    async fn suggestions(&self, ctx: &Context<'_>) -> Option<Result<Vec<QuestionSuggestion>>> {
        list(ctx, SuggestionsOfRun(self.0.id)).await
    }

    /// The course. Null when you may not see it (any more).
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, Some(CourseById(self.0.course_id))).await
    }
}

/// A question that a machine proposes, with what it is taken from. It is in no quiz, and no learner sees it, until an author has
/// taken it by `acceptSuggestion`. For those who work on the course.
#[Object]
impl QuestionSuggestion {
    /// Names this suggestion among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// What became of it.
    async fn status(&self) -> QuestionSuggestionStatus {
        self.0.status.into()
    }

    /// How it is answered.
    async fn question_type(&self) -> SuggestedQuestionType {
        self.0.kind.into()
    }

    /// What is asked, Markdown.
    async fn text(&self) -> &str {
        &self.0.question_text
    }

    /// What one chooses from, in order; empty but for `MULTIPLE_CHOICE`.
    async fn options(&self) -> Vec<String> {
        self.0.content().map(|content| content.options().to_vec()).unwrap_or_default()
    }

    /// What is taken for right: the option, `true` or `false`, or the words.
    async fn correct_answers(&self) -> Vec<String> {
        self.0.content().map(|content| content.right()).unwrap_or_default()
    }

    /// Why that is right. May be empty.
    async fn explanation(&self) -> &str {
        &self.0.explanation
    }

    /// The passage of the course that it is taken from. Null when it can't be read.
    async fn source(&self) -> Option<Citation> {
        self.0.citation().map(|cited| Citation { course: Some(self.0.course_id), cited })
    }

    /// When it was proposed.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was accepted or rejected. Null as long as it is pending.
    async fn decided_at(&self) -> Option<DateTime<Utc>> {
        self.0.decided_at
    }

    // Edges.

    /// Who accepted or rejected it. Null as long as it is pending, and when the account is not active.
    async fn decided_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.updated_by.filter(|_| self.0.decided_at.is_some())).await
    }

    /// What it was proposed with. Null when it can't be read.
    async fn run(&self, ctx: &Context<'_>) -> Option<Result<SuggestionRun>> {
        one(ctx, Some(RunById(self.0.run_id))).await
    }

    /// The question that it has become. Null unless it was accepted, and when the question is gone.
    async fn question(&self, ctx: &Context<'_>) -> Option<Result<AuthoredQuestion>> {
        one(ctx, self.0.question_id.map(QuestionById)).await
    }

    /// The course. Null when you may not see it (any more).
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, Some(CourseById(self.0.course_id))).await
    }
}
