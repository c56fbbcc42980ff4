//! Counters against what they count, for all courses at once. The crates that know the rows hand the truth over: a
//! select with `course_id` and, under each counter's name, what it should be; courses without rows may be left out.

use kernel::{CourseId, Live, Result, Tx};
use sea_orm::{
    ExprTrait, IdenStatic, IntoSimpleExpr, JoinType, QuerySelect, QueryTrait,
    sea_query::{Alias, Expr, Func, SelectStatement},
};

use crate::course::{Column, Entity};

/// A counter that was wrong by this much.
#[derive(Clone, Debug, PartialEq)]
pub struct Drift {
    pub course: CourseId,
    pub counter: &'static str,
    pub by: i64,
}

/// Mends the numbers of learners.
pub async fn recount_learners(tx: &Tx, truth: SelectStatement) -> Result<Vec<Drift>> {
    recount(tx, truth, &[Column::EnrollmentCount, Column::CompletionCount]).await
}

/// Mends the numbers of seats that are kept for those who waited.
pub async fn recount_reserved_seats(tx: &Tx, truth: SelectStatement) -> Result<Vec<Drift>> {
    recount(tx, truth, &[Column::ReservedSeats]).await
}

/// Mends what the average is generated from, and the counts per star.
pub async fn recount_ratings(tx: &Tx, truth: SelectStatement) -> Result<Vec<Drift>> {
    use Column::{Rating1, Rating2, Rating3, Rating4, Rating5, RatingCount, RatingSum};
    recount(tx, truth, &[RatingSum, RatingCount, Rating1, Rating2, Rating3, Rating4, Rating5]).await
}

/// Adds what is missing, and does not set what is right: whoever counts at the same time has moved counter and rows
/// alike, so that what is missing stays the same.
async fn recount(tx: &Tx, truth: SelectStatement, counters: &[Column]) -> Result<Vec<Drift>> {
    let missing = missing(truth, counters);
    let rows = sea_orm::ConnectionTrait::query_all(&tx.conn, &missing).await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let mut drifts = vec![];
    for row in rows {
        for counter in counters {
            let (course, by) = (row.try_get("", "id")?, row.try_get("", counter.as_str())?);
            drifts.push(Drift { course, counter: counter.as_str(), by });
        }
    }
    tx.add_all::<Entity>(Column::Id, missing, counters).await?;
    Ok(drifts.into_iter().filter(|drift| drift.by != 0).collect())
}

/// What each counter lacks, of the courses where one lacks something.
fn missing(truth: SelectStatement, counters: &[Column]) -> SelectStatement {
    let column = |name: &'static str| (Alias::new("truth"), Alias::new(name));
    let lacks = |counter: &Column| {
        let counted = Func::coalesce([Expr::col(column(counter.as_str())), Expr::val(0)]);
        Expr::expr(counted).sub(counter.into_simple_expr())
    };
    let mut select = Entity::live().select_only().column(Column::Id).into_query();
    let of_course = Column::Id.into_simple_expr().eq(Expr::col(column("course_id")));
    select.join_subquery(JoinType::LeftJoin, truth, Alias::new("truth"), of_course);
    for counter in counters {
        select.expr_as(lacks(counter), Alias::new(counter.as_str()));
    }
    let wrong = counters.iter().map(|counter| lacks(counter).ne(0)).reduce(ExprTrait::or);
    select.and_where(wrong.unwrap_or_else(|| Expr::val(false)));
    select
}
