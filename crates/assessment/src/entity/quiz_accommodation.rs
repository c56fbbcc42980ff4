use kernel::{AccommodationId, QuizId, UserId};
use sea_orm::entity::prelude::*;

/// What somebody is granted at a quiz beyond what everybody has.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "quiz_accommodations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccommodationId,
    pub user_id: UserId,
    pub quiz_id: QuizId,
    /// Added to the time limit.
    pub extra_minutes: i32,
    /// Of the time limit that everybody has, before minutes are added.
    pub time_percent: i32,
    pub extra_attempts: i32,
    /// Instead of the quiz's own.
    pub opens_at: Option<DateTimeUtc>,
    /// Instead of the quiz's own.
    pub due_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
}

impl ActiveModelBehavior for ActiveModel {}
