use ai::budgeting::BudgetChange;
use async_graphql::{InputObject, MaybeUndefined, SimpleObject};
use kernel::{CourseId, Result};

use super::budget::AiBudget;
use crate::graphql::{error::UserError, id::Id, scalars::limit};

/// How many tokens which course may use. What is left out stays as it is.
#[derive(InputObject)]
pub struct SetAiBudgetInput {
    /// The course.
    course_id: Id<CourseId>,
    /// How many tokens each learner may use in a day, from 0 to 2,000,000,000; null: as many as the school's settings say. More
    /// than those needs a permission. A question to a model holds 8,000 until it is answered, and gives back what it did not
    /// use: with a smaller limit nobody can ask.
    learner_tokens_per_day: MaybeUndefined<i64>,
    /// How many tokens all of them together may use in a calendar month, from 0 to 2,000,000,000; null: as many as the
    /// school's settings say. More than those needs a permission.
    course_tokens_per_month: MaybeUndefined<i64>,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct SetAiBudgetPayload {
    /// The budget. Null when the input was refused.
    pub budget: Option<AiBudget>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

impl SetAiBudgetInput {
    pub fn into_domain(self) -> Result<(CourseId, BudgetChange)> {
        let change = BudgetChange {
            learner_daily_tokens: limit(self.learner_tokens_per_day),
            course_monthly_tokens: limit(self.course_tokens_per_month),
        };
        Ok((self.course_id.at(&["input", "courseId"])?, change))
    }
}
