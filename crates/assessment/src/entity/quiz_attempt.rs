use kernel::{AttemptId, QuizId, UserId};
use sea_orm::entity::prelude::*;

/// Somebody sits a quiz.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "quiz_attempts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttemptId,
    pub user_id: UserId,
    pub quiz_id: QuizId,
    /// 1 is the first; unique per person and quiz among the living.
    pub attempt_number: i32,
    pub status: AttemptStatus,
    pub started_at: DateTimeUtc,
    pub expires_at: Option<DateTimeUtc>,
    pub completed_at: Option<DateTimeUtc>,
    /// Points, in hundredths.
    pub score: i32,
    /// In hundredths of a percent.
    pub percentage: i32,
    pub is_passed: bool,
    /// In seconds.
    pub time_taken: i32,
    /// The edition of the quiz that was sat.
    pub quiz_version: i32,
    /// Settles the order of questions and options.
    pub seed: i64,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum AttemptStatus {
    #[sea_orm(string_value = "in_progress")]
    InProgress,
    #[sea_orm(string_value = "submitted")]
    Submitted,
    #[sea_orm(string_value = "graded")]
    Graded,
}
