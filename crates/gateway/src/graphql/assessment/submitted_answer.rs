use assessment::AnswerRow;
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::EntityId;

use super::{
    AttemptQuestion, QuizAttempt,
    keys::{AttemptById, ClaimOfAnswer, SheetOfAttempt},
};
use crate::graphql::{
    accounts::PublicProfile,
    context::Req,
    error::Result,
    node::{node_type, one},
    scalars::hundredths,
};

node_type! {
    /// An answer that was handed in.
    SubmittedAnswer(AnswerRow)
}

/// An answer that was handed in, for those who grade it.
#[Object]
impl SubmittedAnswer {
    /// What `claimSubmission` and `gradeAnswer` name it by. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// When it was last saved.
    async fn saved_at(&self) -> DateTime<Utc> {
        self.0.saved_at
    }

    /// What it is worth. Null as long as a person has to read it.
    async fn points(&self) -> Option<f64> {
        self.0.points.map(hundredths)
    }

    /// Did a person say so?
    async fn is_manual(&self) -> bool {
        self.0.is_manual
    }

    /// What that person says; may be empty.
    async fn feedback(&self) -> &str {
        &self.0.feedback
    }

    // Edges.

    /// The question as it was asked, with the answer. Null when it can't be read.
    async fn question(&self, ctx: &Context<'_>) -> Option<Result<AttemptQuestion>> {
        let sheet = match ctx.req().loaders.load(SheetOfAttempt(self.0.attempt_id)).await {
            Ok(sheet) => sheet?,
            Err(error) => return Some(Err(error)),
        };
        let asked = sheet.paper.find(self.0.question_id)?;
        Some(AttemptQuestion::answered(asked, Some(&self.0)).map_err(Into::into))
    }

    /// The attempt. Null when you may not see it (any more).
    async fn attempt(&self, ctx: &Context<'_>) -> Option<Result<QuizAttempt>> {
        one(ctx, Some(AttemptById(self.0.attempt_id))).await
    }

    /// Who is at it. Null when nobody is.
    async fn claim(&self, ctx: &Context<'_>) -> Option<Result<GradingClaim>> {
        let claim = match ctx.req().loaders.load(ClaimOfAnswer(self.0.id)).await {
            Ok(claim) => claim?,
            Err(error) => return Some(Err(error)),
        };
        let (by, expires_at) = *claim;
        // Who has not renewed it in time has lost it.
        if expires_at <= ctx.req().now {
            return None;
        }
        Some(PublicProfile::load(ctx, by).await.transpose().map(|by| GradingClaim { by, expires_at }))
    }
}

/// Somebody is at an answer.
#[derive(SimpleObject)]
pub struct GradingClaim {
    /// Who. Null when the account is not active.
    by: Option<PublicProfile>,
    /// When somebody else may take it.
    expires_at: DateTime<Utc>,
}
