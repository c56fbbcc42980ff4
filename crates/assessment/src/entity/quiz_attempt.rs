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
    /// What is asked, in which order. None: it was sat before that was kept.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub layout: Option<Json>,
    /// What everything right is worth, in hundredths.
    pub max_score: i32,
    /// In seconds: how long after `expires_at` answers are still taken.
    pub grace_period: i32,
    /// Was it handed in by the clock?
    pub is_expired: bool,
    /// Does who sat it learn what it is worth only when that is released?
    pub is_held: bool,
    /// Of the answers as they were handed in.
    pub answers_digest: Option<String>,
    /// A score, in hundredths, that counts instead of the one that was earned.
    pub override_score: Option<i32>,
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
