use assessment::{
    AttemptRow, AttemptStatus,
    attempting::{Asked, Receipt, Sheet},
};
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::{EntityId, UserId};

use super::{
    AttemptQuestion, Quiz,
    answer_review::AnswerReview,
    enums::QuizAttemptStatus,
    keys::{AnsweredCountOfAttempt, OverrideOfAttempt, QuizById, RegradesOfAttempt, SheetOfAttempt},
    receipt::AnswerReceipt,
    regrade::AttemptRegrade,
    score_override::ScoreOverride,
};
use crate::graphql::{
    accounts::PublicProfile,
    context::Req,
    courses::{Course, staff_only},
    error::Result,
    node::{node_type, one},
    scalars::hundredths,
};

node_type! {
    /// Somebody sits a quiz.
    QuizAttempt(AttemptRow)
}

/// Of a subscription, whose request may have begun long ago, too.
fn now(ctx: &Context<'_>) -> DateTime<Utc> {
    ctx.req().app.world.now()
}

impl QuizAttempt {
    /// Who sat it learns what it is worth when that is released.
    fn is_hidden(&self, ctx: &Context<'_>) -> bool {
        self.0.is_held && ctx.req().viewer().is(self.0.user_id)
    }

    /// Is nothing to be said of the grade yet?
    fn is_unmarked(&self, ctx: &Context<'_>) -> bool {
        let is_marked = self.0.status == assessment::AttemptStatus::Graded || self.0.override_score.is_some();
        !is_marked || self.is_hidden(ctx)
    }

    async fn asked(&self, ctx: &Context<'_>) -> Result<Vec<AttemptQuestion>> {
        let Some(sheet) = ctx.req().loaders.load(SheetOfAttempt(self.0.id)).await? else {
            return Ok(vec![]);
        };
        let question = |asked: &Asked| AttemptQuestion::answered(asked, sheet.answers.get(&asked.id));
        Ok(sheet.paper.questions.iter().map(question).collect::<kernel::Result<_>>()?)
    }

    async fn reviewed(&self, ctx: &Context<'_>) -> Result<Vec<AnswerReview>> {
        let is_over = self.0.status != AttemptStatus::InProgress;
        let sheet = ctx.req().loaders.load(SheetOfAttempt(self.0.id)).await?;
        let Some(sheet) = sheet.filter(|_| is_over && !self.is_hidden(ctx)) else {
            return Ok(vec![]);
        };
        let answer = |asked: &Asked| sheet.answers.get(&asked.id);
        let questions = sheet.paper.questions.iter();
        if self.shows_key(ctx, &sheet).await? {
            let review = |asked| AnswerReview::with_key(asked, answer(asked));
            return Ok(questions.map(review).collect::<kernel::Result<_>>()?);
        }
        Ok(questions.filter_map(|asked| AnswerReview::of_person(asked, answer(asked))).collect())
    }

    /// Who sat it sees keys when the quiz says so, who works on the course always; who only may read everybody's learning
    /// sees no more than who sat it.
    async fn shows_key(&self, ctx: &Context<'_>, sheet: &Sheet) -> Result<bool> {
        let req = ctx.req();
        if sheet.shows_key(&self.0, now(ctx)) {
            return Ok(true);
        }
        if req.viewer().is(self.0.user_id) {
            return Ok(false);
        }
        let quiz = req.loaders.load(QuizById(self.0.quiz_id)).await?;
        Course::is_taught(ctx, quiz.map(|quiz| quiz.course_id)).await
    }

    /// A person that only those see who may edit the quiz.
    async fn editors_see(&self, ctx: &Context<'_>, user: Option<UserId>) -> Option<Result<PublicProfile>> {
        let user = user?;
        match ctx.req().loaders.load(QuizById(self.0.quiz_id)).await {
            Ok(quiz) => staff_only(ctx, Some(quiz?.course_id), Some(user)).await,
            Err(error) => Some(Err(error)),
        }
    }
}

/// Somebody sits a quiz. You see your own attempts, those at quizzes that you may edit, and all with the permission
/// `learning.read`.
#[Object]
impl QuizAttempt {
    /// Names this attempt among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// Which of the person's attempts at the quiz it is; 1 is the first.
    async fn attempt_number(&self) -> i32 {
        self.0.attempt_number
    }

    /// Where it stands. One whose time is over is handed in, by the clock here; one whose grades are not released yet is not
    /// marked, for who sat it.
    async fn status(&self, ctx: &Context<'_>) -> QuizAttemptStatus {
        match self.0.status {
            AttemptStatus::InProgress if !self.0.is_open(now(ctx)) => QuizAttemptStatus::Submitted,
            AttemptStatus::Graded if self.is_hidden(ctx) => QuizAttemptStatus::Submitted,
            status => status.into(),
        }
    }

    /// The time here: what `expiresAt` is held against, whatever other clocks say.
    async fn server_now(&self, ctx: &Context<'_>) -> DateTime<Utc> {
        now(ctx)
    }

    /// How long after `expiresAt` answers are still taken that were on their way, in seconds.
    async fn grace_period_seconds(&self) -> i32 {
        self.0.grace_period
    }

    /// Was it handed in by the clock?
    async fn is_expired(&self, ctx: &Context<'_>) -> bool {
        self.0.is_expired || (self.0.status == AttemptStatus::InProgress && !self.0.is_open(now(ctx)))
    }

    /// How many questions are answered. Null when that can't be read.
    async fn answered_count(&self, ctx: &Context<'_>) -> Option<Result<i64>> {
        let count = ctx.req().loaders.load(AnsweredCountOfAttempt(self.0.id)).await;
        Some(count.map(|count| count.map_or(0, |count| *count)))
    }

    /// What is asked, in the order of this attempt, with what is saved as the answer. Null when it can't be read.
    async fn questions(&self, ctx: &Context<'_>) -> Option<Result<Vec<AttemptQuestion>>> {
        Some(self.asked(ctx).await)
    }

    /// What came of the answers, in the order of the questions, as far as you may know: what a person says when grades are
    /// out, what would have been right when the quiz shows that. Empty before it is handed in. Null when it can't be read.
    async fn reviews(&self, ctx: &Context<'_>) -> Option<Result<Vec<AnswerReview>>> {
        Some(self.reviewed(ctx).await)
    }

    /// What you can show later for what was handed in. Null before.
    async fn receipt(&self, ctx: &Context<'_>) -> Option<AnswerReceipt> {
        AnswerReceipt::of(&ctx.req().app, &Receipt::of_attempt(&self.0)?)
    }

    /// How many points there were to get.
    async fn max_score(&self) -> f64 {
        hundredths(self.0.max_score)
    }

    /// When it was begun.
    async fn started_at(&self) -> DateTime<Utc> {
        self.0.started_at
    }

    /// Until when it has to be handed in. Null without a limit.
    async fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.0.expires_at
    }

    /// When it was handed in. Null before.
    async fn completed_at(&self, ctx: &Context<'_>) -> Option<DateTime<Utc>> {
        let is_over = self.0.status == AttemptStatus::InProgress && !self.0.is_open(now(ctx));
        self.0.completed_at.or(self.0.expires_at.filter(|_| is_over))
    }

    /// How many points count; 0 until it is marked and, for who sat it, released.
    async fn score(&self, ctx: &Context<'_>) -> f64 {
        if self.is_unmarked(ctx) { 0.0 } else { hundredths(self.0.counted_score()) }
    }

    /// How many points its answers earned, whatever somebody has set instead; 0 until it is marked and, for who sat it,
    /// released.
    async fn earned_score(&self, ctx: &Context<'_>) -> f64 {
        if self.is_unmarked(ctx) { 0.0 } else { hundredths(self.0.score) }
    }

    /// What somebody has set instead of what was earned. Null when nobody has and, for who sat it, before grades are released.
    async fn score_override(&self, ctx: &Context<'_>) -> Option<Result<ScoreOverride>> {
        if self.is_hidden(ctx) {
            return None;
        }
        one(ctx, Some(OverrideOfAttempt(self.0.id))).await
    }

    /// How it came to something else by regrades of the quiz, the earliest first. Null when that can't be read; empty for who sat
    /// it before grades are released.
    async fn regrades(&self, ctx: &Context<'_>) -> Option<Result<Vec<AttemptRegrade>>> {
        if self.is_hidden(ctx) {
            return Some(Ok(vec![]));
        }
        let found = ctx.req().loaders.load(RegradesOfAttempt(self.0.id)).await;
        let shown = |rows: std::sync::Arc<Vec<_>>| rows.iter().map(AttemptRegrade::of).collect();
        Some(found.map(|rows| rows.map(shown).unwrap_or_default()))
    }

    /// How much of all points count, from 0 to 100; 0 until it is marked and, for who sat it, released.
    async fn percentage(&self, ctx: &Context<'_>) -> f64 {
        if self.is_unmarked(ctx) { 0.0 } else { hundredths(self.0.percentage) }
    }

    /// Was that enough? Not until it is marked and, for who sat it, released.
    async fn is_passed(&self, ctx: &Context<'_>) -> bool {
        self.0.is_passed && !self.is_hidden(ctx)
    }

    /// How long it took, in seconds; 0 until it is handed in.
    async fn time_taken_seconds(&self) -> i32 {
        self.0.time_taken
    }

    /// Which edition of the quiz was sat.
    async fn quiz_version(&self) -> i32 {
        self.0.quiz_version
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
        self.editors_see(ctx, self.0.created_by).await
    }

    /// Who last changed it. Only for those who work on the course; null for others and when nobody in particular did.
    async fn updated_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        self.editors_see(ctx, self.0.updated_by).await
    }

    // Edges.

    /// Who sits it. Null when the account is not active.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.user_id)).await
    }

    /// The quiz. Null when you may not see it (any more).
    async fn quiz(&self, ctx: &Context<'_>) -> Option<Result<Quiz>> {
        one(ctx, Some(QuizById(self.0.quiz_id))).await
    }
}
