use kernel::{AttemptId, ScoreOverrideId};
use sea_orm::entity::prelude::*;

/// A score that somebody has set in place of the one that was earned: who made the row. A former one is deleted and stays.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "score_overrides")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ScoreOverrideId,
    pub attempt_id: AttemptId,
    /// In hundredths.
    pub score: i32,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
}

impl ActiveModelBehavior for ActiveModel {}
