use kernel::{CourseId, Live, Result};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};

use crate::ai_budget::{Column, Entity, Model};

/// What courses may use that have no budget of their own: the school's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SchoolBudget {
    pub learner_daily_tokens: i64,
    pub course_monthly_tokens: i64,
}

impl Default for SchoolBudget {
    /// A learner asks some thirty questions; a course of five hundred, one each on every working day, is within the month.
    fn default() -> Self {
        Self { learner_daily_tokens: 100_000, course_monthly_tokens: 20_000_000 }
    }
}

/// What holds for a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub learner_daily_tokens: i64,
    pub course_monthly_tokens: i64,
}

impl Limits {
    pub fn of(own: Option<&Model>, school: &SchoolBudget) -> Self {
        let daily = own.and_then(|own| own.learner_daily_tokens);
        let monthly = own.and_then(|own| own.course_monthly_tokens);
        Self {
            learner_daily_tokens: daily.unwrap_or(school.learner_daily_tokens),
            course_monthly_tokens: monthly.unwrap_or(school.course_monthly_tokens),
        }
    }
}

/// The budget that a course has of its own.
pub(super) async fn own_budget(db: &impl ConnectionTrait, course: CourseId) -> Result<Option<Model>> {
    Ok(Entity::live().filter(Column::CourseId.eq(course)).one(db).await?)
}
