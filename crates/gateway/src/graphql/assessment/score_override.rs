use std::sync::Arc;

use assessment::hand_grading;
use async_graphql::{Context, Object};
use chrono::{DateTime, Utc};

use crate::graphql::{accounts::PublicProfile, error::Result, scalars::hundredths};

/// A score that somebody has set in place of the one that was earned.
pub struct ScoreOverride(Arc<hand_grading::ScoreOverride>);

impl From<Arc<hand_grading::ScoreOverride>> for ScoreOverride {
    fn from(set: Arc<hand_grading::ScoreOverride>) -> Self {
        Self(set)
    }
}

/// A score that somebody has set in place of the one that was earned.
#[Object]
impl ScoreOverride {
    /// How many points count.
    async fn score(&self) -> f64 {
        hundredths(self.0.score)
    }

    /// Why.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// When it was set.
    async fn set_at(&self) -> DateTime<Utc> {
        self.0.at
    }

    /// Who set it. Null when the account is not active.
    async fn set_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.by).await
    }
}
