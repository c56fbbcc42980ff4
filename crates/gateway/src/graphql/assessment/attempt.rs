use assessment::AttemptRow;
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::{EntityId, UserId};

use super::{Quiz, enums::QuizAttemptStatus, keys::QuizById};
use crate::graphql::{
    accounts::PublicProfile,
    context::Req,
    courses::staff_only,
    error::Result,
    node::{node_type, one},
    scalars::hundredths,
};

node_type! {
    /// Somebody sits a quiz.
    QuizAttempt(AttemptRow)
}

impl QuizAttempt {
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

    /// Where it stands.
    async fn status(&self) -> QuizAttemptStatus {
        self.0.status.into()
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
    async fn completed_at(&self) -> Option<DateTime<Utc>> {
        self.0.completed_at
    }

    /// How many points it got; 0 until it is marked.
    async fn score(&self) -> f64 {
        hundredths(self.0.score)
    }

    /// How much of all points that is, from 0 to 100; 0 until it is marked.
    async fn percentage(&self) -> f64 {
        hundredths(self.0.percentage)
    }

    /// Was that enough? Not until it is marked.
    async fn is_passed(&self) -> bool {
        self.0.is_passed
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
