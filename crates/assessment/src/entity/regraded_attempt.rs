use kernel::{AttemptId, RegradeId, RegradedAttemptId};
use sea_orm::entity::prelude::*;

use super::quiz_attempt::AttemptStatus;

/// What a regrade made of an attempt, and what that was before.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "regraded_attempts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RegradedAttemptId,
    pub regrade_id: RegradeId,
    pub attempt_id: AttemptId,
    pub status_before: AttemptStatus,
    pub status_after: AttemptStatus,
    /// The points that count, in hundredths; so are those after it.
    pub score_before: i32,
    pub score_after: i32,
    pub max_score_before: i32,
    pub max_score_after: i32,
    /// In hundredths of a percent.
    pub percentage_before: i32,
    pub percentage_after: i32,
    pub is_passed_before: bool,
    pub is_passed_after: bool,
    /// What each answer was worth that came to something else.
    #[sea_orm(column_type = "JsonBinary")]
    pub answers: Json,
}

impl ActiveModelBehavior for ActiveModel {}
