use courses::Edit;
use kernel::{AuditRecord, CourseId, Permission, Permit, Problem, Result, Tx};
use sea_orm::Set;

use super::{Limits, SchoolBudget, limits::own_budget};
use crate::{
    ai_budget::{ActiveModel, Model},
    rules::{AI_BUDGET_ABOVE_SCHOOL, AI_BUDGET_INVALID},
};

const MOST: i64 = 2_000_000_000;

/// What is to become of a course's budget. `None` leaves it as it is; `Some(None)` is as the school says.
#[derive(Clone, Copy, Debug, Default)]
pub struct BudgetChange {
    pub learner_daily_tokens: Option<Option<i64>>,
    pub course_monthly_tokens: Option<Option<i64>>,
}

/// Says how many tokens a course may use. Who teaches it may give it less than the school does; who manages all courses,
/// more. It holds for what is asked from now on.
pub async fn set_budget(tx: &mut Tx, school: &SchoolBudget, course: CourseId, change: BudgetChange) -> Result<Limits> {
    // The course is locked: of two who set its budget, one comes after the other.
    let permit = courses::edit(tx, course).await?;
    check(tx, school, &change)?;
    let own = own_budget(&tx.conn, course).await?;
    let before = own.clone();
    let after = write(tx, &permit, course, own, change).await?;
    let tokens = |budget: Option<&Model>| {
        budget.map_or((None, None), |budget| (budget.learner_daily_tokens, budget.course_monthly_tokens))
    };
    let (was, is) = (tokens(before.as_ref()), tokens(Some(&after)));
    let record = AuditRecord::new("course.ai_budget_set", course).change("learnerTokensPerDay", was.0, is.0).change(
        "courseTokensPerMonth",
        was.1,
        is.1,
    );
    if record.has_changes() {
        tx.record(record).await?;
    }
    Ok(Limits::of(Some(&after), school))
}

fn check(tx: &Tx, school: &SchoolBudget, change: &BudgetChange) -> Result<()> {
    let may_exceed = tx.viewer.has(Permission::CoursesManage);
    let fields = [
        ("learnerTokensPerDay", change.learner_daily_tokens, school.learner_daily_tokens),
        ("courseTokensPerMonth", change.course_monthly_tokens, school.course_monthly_tokens),
    ];
    let problems: Vec<Problem> = fields
        .into_iter()
        .filter_map(|(field, wanted, most)| match wanted.flatten()? {
            tokens if !(0..=MOST).contains(&tokens) => Some(AI_BUDGET_INVALID.at(field)),
            tokens if tokens > most && !may_exceed => Some(AI_BUDGET_ABOVE_SCHOOL.at(field)),
            _ => None,
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(kernel::Error::Broken(problems)) }
}

async fn write(
    tx: &mut Tx,
    permit: &Permit<Edit, courses::Taught>,
    course: CourseId,
    own: Option<Model>,
    change: BudgetChange,
) -> Result<Model> {
    let daily = |before: Option<i64>| change.learner_daily_tokens.unwrap_or(before);
    let monthly = |before: Option<i64>| change.course_monthly_tokens.unwrap_or(before);
    let Some(own) = own else {
        let row = ActiveModel {
            id: Set(tx.new_id()?),
            course_id: Set(course),
            learner_daily_tokens: Set(daily(None)),
            course_monthly_tokens: Set(monthly(None)),
            ..Default::default()
        };
        return tx.insert(permit, row).await;
    };
    let own = kernel::allow::<crate::policy::Grant, _>(&tx.viewer, crate::policy::Granted { permit, own })?;
    tx.update(own, |row: &mut ActiveModel| {
        row.learner_daily_tokens = Set(daily(row.learner_daily_tokens.clone().take().flatten()));
        row.course_monthly_tokens = Set(monthly(row.course_monthly_tokens.clone().take().flatten()));
    })
    .await
}
