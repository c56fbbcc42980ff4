use assessment::AccommodationRow;
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::EntityId;

use super::{Quiz, keys::QuizById};
use crate::graphql::{
    accounts::PublicProfile,
    error::Result,
    node::{node_type, one},
    scalars::hundredths,
};

node_type! {
    /// What somebody is granted at a quiz.
    QuizAccommodation(AccommodationRow)
}

/// What somebody is granted at a quiz beyond what everybody has. You see your own, those at quizzes of courses that you work
/// on, and all with the permission `learning.read`.
#[Object]
impl QuizAccommodation {
    /// Names this accommodation among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// How much longer an attempt may take, in minutes.
    async fn extra_time_minutes(&self) -> i32 {
        self.0.extra_minutes
    }

    /// What the time limit is multiplied by, before minutes are added; 1 is what everybody has.
    async fn time_factor(&self) -> f64 {
        hundredths(self.0.time_percent)
    }

    /// How many more attempts there are.
    async fn extra_attempts(&self) -> i32 {
        self.0.extra_attempts
    }

    /// When the quiz opens, instead of its own time. Null when that stays.
    async fn opens_at(&self) -> Option<DateTime<Utc>> {
        self.0.opens_at
    }

    /// When the quiz is due, instead of its own time. Null when that stays.
    async fn due_at(&self) -> Option<DateTime<Utc>> {
        self.0.due_at
    }

    /// Why, in the words of who granted it.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// Who granted it first. Null when the account is not active.
    async fn created_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.created_by).await
    }

    /// Who last changed it. Null when the account is not active.
    async fn updated_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.updated_by).await
    }

    // Edges.

    /// To whom. Null when the account is not active.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.user_id)).await
    }

    /// At which quiz. Null when you may not see it (any more).
    async fn quiz(&self, ctx: &Context<'_>) -> Option<Result<Quiz>> {
        one(ctx, Some(QuizById(self.0.quiz_id))).await
    }
}
