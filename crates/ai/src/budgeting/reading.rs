//! How things stand.

use chrono::{DateTime, Utc};
use courses::course;
use kernel::{CourseId, Error, Result, UserId, Viewer};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};

use super::{Limits, SchoolBudget, day_of, limits::own_budget, month_of};
use crate::{ai_budget, ai_course_month, ai_learner_day};

/// What of a limit is gone: used, or kept for answers that are under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    pub reserved: i64,
    pub used: i64,
}

/// The budget of a course, as one person sees it.
#[derive(Clone, Debug)]
pub struct Standing {
    pub limits: Limits,
    /// What the course has of its own.
    pub own: Option<ai_budget::Model>,
    /// Of today, by this person.
    pub own_day: Spent,
    /// Of this month, by everybody; none for who does not work on the course.
    pub month: Option<Spent>,
}

/// How things stand with a course that the viewer sees.
pub async fn standing(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    school: &SchoolBudget,
    course: CourseId,
    now: DateTime<Utc>,
) -> Result<Standing> {
    let user = viewer.person()?;
    let seen = course::Entity::visible_to(viewer).filter(course::Column::Id.eq(course));
    if seen.count(db).await? == 0 {
        return Err(Error::NotFound);
    }
    let own = own_budget(db, course).await?;
    let month = if works_on(db, viewer, course).await? { Some(month(db, course, now).await?) } else { None };
    let own_day = day(db, user, course, now).await?;
    Ok(Standing { limits: Limits::of(own.as_ref(), school), own, own_day, month })
}

/// Does the viewer see everything of the course?
pub(crate) async fn works_on(db: &impl ConnectionTrait, viewer: &Viewer, course: CourseId) -> Result<bool> {
    let taught = course::Entity::taught_by(viewer).filter(course::Column::Id.eq(course));
    Ok(taught.count(db).await? > 0)
}

#[expect(clippy::disallowed_methods, reason = "a counter is never soft-deleted")]
async fn day(db: &impl ConnectionTrait, user: UserId, course: CourseId, now: DateTime<Utc>) -> Result<Spent> {
    let row = ai_learner_day::Entity::find_by_id((user, course, day_of(now))).one(db).await?;
    Ok(row.map_or(Spent::default(), |row| Spent { reserved: row.reserved, used: row.used }))
}

#[expect(clippy::disallowed_methods, reason = "a counter is never soft-deleted")]
async fn month(db: &impl ConnectionTrait, course: CourseId, now: DateTime<Utc>) -> Result<Spent> {
    let row = ai_course_month::Entity::find_by_id((course, month_of(now))).one(db).await?;
    Ok(row.map_or(Spent::default(), |row| Spent { reserved: row.reserved, used: row.used }))
}

/// What was used in a course on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct UsedOn {
    pub starts_at: DateTime<Utc>,
    pub tokens: i64,
    pub answers: i64,
    pub learners: i64,
}

/// The days on which a course was asked about, oldest first, and how many people asked in all of them. For who works on it.
pub async fn usage(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    course: CourseId,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<(Vec<UsedOn>, i64)> {
    if !works_on(db, viewer, course).await? {
        let seen = course::Entity::visible_to(viewer).filter(course::Column::Id.eq(course)).count(db).await? > 0;
        return Err(if seen { Error::Denied } else { Error::NotFound });
    }
    use ai_learner_day::Column::{Answers, StartsAt, UserId as User};
    let days = || days_of(course).filter(StartsAt.gte(from)).filter(StartsAt.lt(to)).filter(Answers.gt(0));
    let whole = |column| Expr::cust(format!("CAST(SUM({column}) AS BIGINT)"));
    let by_day = days()
        .select_only()
        .column(StartsAt)
        .column_as(whole("used"), "tokens")
        .column_as(whole("answers"), "answers")
        .column_as(User.count(), "learners")
        .group_by(StartsAt)
        .order_by_asc(StartsAt);
    let people = days().select_only().column_as(Expr::cust("COUNT(DISTINCT user_id)"), "people");
    let people: Option<i64> = people.into_tuple().one(db).await?;
    Ok((by_day.into_model().all(db).await?, people.unwrap_or_default()))
}

#[expect(clippy::disallowed_methods, reason = "a counter is never soft-deleted")]
fn days_of(course: CourseId) -> sea_orm::Select<ai_learner_day::Entity> {
    ai_learner_day::Entity::find().filter(ai_learner_day::Column::CourseId.eq(course))
}
