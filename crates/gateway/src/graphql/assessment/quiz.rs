use assessment::QuizRow;
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::EntityId;

use super::{
    AuthoredQuestion, BankDraw, QuizAccommodation, QuizAttempt, QuizGrade, QuizRegrade, QuizVersion,
    enums::{GradeMethod, QuizType, ShowKeyAfter},
    keys::{
        AccommodationCountOfQuiz, AccommodationOfViewer, AccommodationsOfQuiz, AttemptCountOfQuiz,
        AttemptCountOfViewer, AttemptsOfQuiz, AttemptsOfViewer, DrawsOfQuiz, GradeOfViewer, QuestionCountOfQuiz,
        QuestionsOfQuiz, RegradeCountOfQuiz, RegradesOfQuiz, VersionCountOfQuiz, VersionsOfQuiz,
    },
};
use crate::graphql::{
    accounts::PublicProfile,
    context::Req,
    courses::{
        Course, CourseSection,
        keys::{CourseById, SectionById},
        staff_only,
    },
    error::Result,
    node::{list, node_type, one},
    page::{Connection, edge},
    scalars::hundredths,
};

node_type! {
    /// A set of questions.
    Quiz(QuizRow)
}

/// A set of questions. Everybody sees the published ones of published courses; those who may edit a course see all of
/// its quizzes.
#[Object]
impl Quiz {
    /// Names this quiz among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// The title.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What it is about; may be empty.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// What it is for.
    async fn quiz_type(&self) -> QuizType {
        self.0.quiz_type.into()
    }

    /// How much has to be right to pass, from 0 to 100.
    async fn passing_score(&self) -> f64 {
        hundredths(self.0.passing_score)
    }

    /// How long an attempt may take, in minutes. Null without a limit.
    async fn time_limit_minutes(&self) -> Option<i32> {
        self.0.time_limit
    }

    /// How often one person may attempt it.
    async fn max_attempts(&self) -> i32 {
        self.0.max_attempts
    }

    /// Does every attempt have an order of questions of its own?
    async fn is_randomized(&self) -> bool {
        self.0.is_randomized
    }

    /// Do learners see it?
    async fn is_published(&self) -> bool {
        self.0.is_published
    }

    /// Where it stands among the quizzes of its course; the least comes first.
    async fn order_index(&self) -> i32 {
        self.0.order_index
    }

    /// Counts the edits of the quiz and of what is in it: say it as `expectedVersion`, and nobody's edit is lost.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// From when on it may be attempted. Null for always.
    async fn opens_at(&self) -> Option<DateTime<Utc>> {
        self.0.opens_at
    }

    /// Until when it has to be handed in. Null for never.
    async fn due_at(&self) -> Option<DateTime<Utc>> {
        self.0.due_at
    }

    /// When learners are shown what is right, and why.
    async fn show_key_after(&self) -> ShowKeyAfter {
        self.0.show_key_after.into()
    }

    /// Which of somebody's attempts counts.
    async fn grade_method(&self) -> GradeMethod {
        self.0.grade_method.into()
    }

    /// Does it have to be passed to complete the course? It is asked for by the versions of the course that are published while
    /// it is so, and only as long as it is.
    async fn is_required(&self) -> bool {
        self.0.is_required
    }

    /// How long after the end answers are still taken that were on their way, in seconds.
    async fn grace_period_seconds(&self) -> i32 {
        self.0.grace_period
    }

    /// How many questions an attempt gets. Null when that can't be read.
    async fn question_count(&self, ctx: &Context<'_>) -> Option<Result<i64>> {
        let count = ctx.req().loaders.load(QuestionCountOfQuiz(self.0.id)).await;
        Some(count.map(|count| count.map_or(0, |count| *count)))
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// Who created it. Only for those who work on the course; null for others and when nobody in particular did.
    async fn created_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        staff_only(ctx, Some(self.0.course_id), self.0.created_by).await
    }

    /// Who last changed it. Only for those who work on the course; null for others and when nobody in particular did.
    async fn updated_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        staff_only(ctx, Some(self.0.course_id), self.0.updated_by).await
    }

    // Edges.

    /// The course it belongs to. Null when you may not see it (any more).
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, Some(CourseById(self.0.course_id))).await
    }

    /// The section it belongs to. Null when it is for the whole course, or when you may not see the section.
    async fn section(&self, ctx: &Context<'_>) -> Option<Result<CourseSection>> {
        one(ctx, self.0.section_id.map(SectionById)).await
    }

    /// Its questions with their answers, in order. Only for those who work on the course; null for others.
    async fn questions(&self, ctx: &Context<'_>) -> Option<Result<Vec<AuthoredQuestion>>> {
        match Course::is_taught(ctx, Some(self.0.course_id)).await {
            Ok(true) => list(ctx, QuestionsOfQuiz(self.0.id)).await,
            Ok(false) => None,
            Err(error) => Some(Err(error)),
        }
    }

    /// Its places for questions that are drawn from banks, in order: `orderIndex` says where among the questions. Only for those
    /// who work on the course; null for others.
    async fn draws(&self, ctx: &Context<'_>) -> Option<Result<Vec<BankDraw>>> {
        match Course::is_taught(ctx, Some(self.0.course_id)).await {
            Ok(true) => list(ctx, DrawsOfQuiz(self.0.id)).await,
            Ok(false) => None,
            Err(error) => Some(Err(error)),
        }
    }

    /// What it was at each of its publications, the latest first. Publishing again what has not changed makes no new version.
    /// Only those who work on the course see any. Null when they can't be read.
    async fn versions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<QuizVersion>>> {
        edge(ctx, self.0.id, (first, after, last, before), VersionsOfQuiz, VersionCountOfQuiz).await
    }

    /// How it is graded otherwise than it was published, the latest first. Only those who work on the course see any. Null when
    /// that can't be read.
    async fn regrades(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<QuizRegrade>>> {
        edge(ctx, self.0.id, (first, after, last, before), RegradesOfQuiz, RegradeCountOfQuiz).await
    }

    /// The attempts at it, newest first, as far as you may see them. Null when they can't be read.
    async fn attempts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<QuizAttempt>>> {
        edge(ctx, self.0.id, (first, after, last, before), AttemptsOfQuiz, AttemptCountOfQuiz).await
    }

    /// Your own attempts at it, newest first. Null when they can't be read.
    async fn viewer_attempts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<QuizAttempt>>> {
        edge(ctx, self.0.id, (first, after, last, before), AttemptsOfViewer, AttemptCountOfViewer).await
    }

    /// What you have of it over all your attempts, by its grade method. Null before one is marked and its grade released.
    async fn viewer_grade(&self, ctx: &Context<'_>) -> Option<Result<QuizGrade>> {
        one(ctx, Some(GradeOfViewer(self.0.id))).await
    }

    /// What you are granted at it beyond what everybody has. Null when that is nothing.
    async fn viewer_accommodation(&self, ctx: &Context<'_>) -> Option<Result<QuizAccommodation>> {
        one(ctx, Some(AccommodationOfViewer(self.0.id))).await
    }

    /// What is granted to whom at it, the latest first, as far as you may see that. Null when it can't be read.
    async fn accommodations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<QuizAccommodation>>> {
        edge(ctx, self.0.id, (first, after, last, before), AccommodationsOfQuiz, AccommodationCountOfQuiz).await
    }
}
