use kernel::{AttemptId, QuizId, RegradeId, RegradedAttemptId, UserId};
use sea_orm::{
    DerivePartialModel,
    prelude::{DateTimeUtc, Json},
};

use crate::{AttemptStatus, quiz_regrade, regraded_attempt};

/// A regrade, with its changes: for those who may see keys.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "quiz_regrade::Entity")]
pub struct RegradeRow {
    pub id: RegradeId,
    pub quiz_id: QuizId,
    pub number: i32,
    pub reason: String,
    pub changes: Json,
    pub undoes_id: Option<RegradeId>,
    pub changed_count: i32,
    pub created_at: DateTimeUtc,
    pub created_by: Option<UserId>,
}

/// What a regrade made of an attempt, and why: for who sat it, too.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "regraded_attempt::Entity")]
pub struct RegradedAttemptRow {
    pub id: RegradedAttemptId,
    pub regrade_id: RegradeId,
    pub attempt_id: AttemptId,
    pub status_before: AttemptStatus,
    pub status_after: AttemptStatus,
    /// In hundredths.
    pub score_before: i32,
    pub score_after: i32,
    pub max_score_before: i32,
    pub max_score_after: i32,
    /// In hundredths of a percent.
    pub percentage_before: i32,
    pub percentage_after: i32,
    pub is_passed_before: bool,
    pub is_passed_after: bool,
    pub created_at: DateTimeUtc,
}
