use kernel::{AiBudgetId, CourseId};
use sea_orm::entity::prelude::*;

/// How many tokens of a language model a course may use, where that is not as the school says.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ai_budgets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AiBudgetId,
    pub course_id: CourseId,
    /// Of each learner, from midnight to midnight, UTC; none: as the school says.
    pub learner_daily_tokens: Option<i64>,
    /// Of all together, in a calendar month, UTC; none: as the school says.
    pub course_monthly_tokens: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
