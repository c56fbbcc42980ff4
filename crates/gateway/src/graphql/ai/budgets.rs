use ai::budgeting::{day_of, next_day, reading, set_budget};
use async_graphql::{Context, Object};
use chrono::{NaiveDate, NaiveTime};
use kernel::{CourseId, Error};

use super::{
    budget::{AiBudget, AiUsage},
    budget_inputs::{SetAiBudgetInput, SetAiBudgetPayload},
};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, outcome},
    id::Id,
    learning::Date,
};

/// The most days that are told at once.
const MOST_DAYS: i64 = 366;

#[derive(Default)]
pub struct BudgetQuery;

#[Object]
impl BudgetQuery {
    /// How many tokens of the language model a course may use, and what is left for you. Null when you may not see the course.
    async fn ai_budget(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] course_id: Id<CourseId>,
    ) -> Option<Result<AiBudget>> {
        Some(match course_id.at(&["courseId"]) {
            Ok(course) => budget(ctx.req(), course).await,
            Err(error) => Err(error.into()),
        })
    }

    /// What was used of the language model in a course: for those who work on it. Null when you may not know.
    async fn ai_usage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] course_id: Id<CourseId>,
        #[graphql(desc = "The first day, UTC.")] from: Date,
        #[graphql(desc = "The last day, UTC, at most 366 days with the first.")] to: Date,
    ) -> Option<Result<AiUsage>> {
        Some(usage(ctx.req(), course_id, (from.0, to.0)).await)
    }
}

#[derive(Default)]
pub struct BudgetMutation;

#[Object]
impl BudgetMutation {
    /// Says how many tokens of the language model a course may use. It holds for what is asked from now on; what was used
    /// counts. Null when you may not.
    async fn set_ai_budget(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many tokens which course may use.")] input: SetAiBudgetInput,
    ) -> Option<Result<SetAiBudgetPayload>> {
        Some(set(ctx.req(), input).await)
    }
}

async fn budget(req: &RequestContext, course: CourseId) -> Result<AiBudget> {
    let standing = reading::standing(req.db().read(), &req.viewer(), &req.app.ai_budget, course, req.now).await?;
    let model = req.app.model.as_ref().map(|model| model.name().to_string());
    Ok(AiBudget { course, model, standing, now: req.now })
}

async fn usage(req: &RequestContext, course: Id<CourseId>, (from, to): (NaiveDate, NaiveDate)) -> Result<AiUsage> {
    let course = course.at(&["courseId"])?;
    if !(0..MOST_DAYS).contains(&(to - from).num_days()) {
        return Err(Error::bad_input("to", format!("expected at most {MOST_DAYS} days, in their order")).into());
    }
    let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
    let (from, to) = (day_of(midnight(from)), next_day(midnight(to)));
    let (days, people) = reading::usage(req.db().read(), &req.viewer(), course, from, to).await?;
    Ok(AiUsage { course, days, people })
}

async fn set(req: &RequestContext, input: SetAiBudgetInput) -> Result<SetAiBudgetPayload> {
    let (course, change) = input.into_domain()?;
    let school = req.app.ai_budget;
    let (done, user_errors) = outcome(req.write(async |tx| set_budget(tx, &school, course, change).await).await)?;
    let budget = match done {
        Some(_) => Some(budget(req, course).await?),
        None => None,
    };
    Ok(SetAiBudgetPayload { budget, user_errors })
}
