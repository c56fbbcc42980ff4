//! What a list of courses could be narrowed to. Each dimension is counted over the filter without its own part, by one
//! statement, and answered with at most [`MOST_VALUES`] values.

use kernel::{CategoryId, Result, UserId, Viewer};
use sea_orm::{
    ConnectionTrait, ExprTrait, IntoSimpleExpr, Order, QuerySelect, QueryTrait, TryGetable,
    sea_query::{Asterisk, CaseStatement, CommonTableExpression, Expr, Query, SelectStatement, UnionType, WithClause},
};

use crate::{
    CourseFilter, DifficultyLevel,
    course::Column,
    course_tag, effective_price,
    filtering::{TREE, narrowed},
};

/// The most values that a dimension is answered with: those that most courses have.
pub const MOST_VALUES: u64 = 50;

/// A value, and how many courses have it.
pub type Counted<T> = (T, i64);

/// The categories, each with the courses of those below it.
pub async fn categories(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &CourseFilter,
) -> Result<Vec<Counted<CategoryId>>> {
    let filter = CourseFilter { category: None, ..filter.clone() };
    let mut shelved = narrowed(db.get_database_backend(), viewer, &filter).select_only().into_query();
    shelved.expr_as(Column::CategoryId.into_simple_expr(), "shelf");
    let mut query = Query::select();
    query.expr_as(Expr::col(("tree", "top")), "value").from("tree");
    let here = Expr::col(("shelved", "shelf")).equals(("tree", "id"));
    query.join_subquery(sea_orm::JoinType::InnerJoin, shelved, "shelved", here);
    query.with_cte(WithClause::new().recursive(true).cte(tree()).to_owned());
    counted(db, query).await
}

/// Each category with each that is at or below it.
fn tree() -> CommonTableExpression {
    let (table, parent) = TREE;
    let mut below = Query::select();
    below.column(("tree", "top")).column(("child", "id")).from_as(table, "child");
    below.inner_join("tree", Expr::col(("child", parent)).equals(("tree", "id")));
    let mut pairs = Query::select();
    pairs.expr_as(Expr::col("id"), "top").column("id").from(table).union(UnionType::Distinct, below);
    CommonTableExpression::new().query(pairs).table_name("tree").columns(["top", "id"]).to_owned()
}

pub async fn tags(db: &impl ConnectionTrait, viewer: &Viewer, filter: &CourseFilter) -> Result<Vec<Counted<String>>> {
    let courses = left(db, viewer, CourseFilter { tag: None, ..filter.clone() }, Column::Id);
    let mut query = Query::select();
    query.expr_as(Expr::col(course_tag::Column::Tag), "value").from(course_tag::Entity);
    query.and_where(Expr::col(course_tag::Column::CourseId).in_subquery(courses));
    counted(db, query).await
}

pub async fn difficulties(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &CourseFilter,
) -> Result<Vec<Counted<DifficultyLevel>>> {
    counted(db, left(db, viewer, CourseFilter { difficulty: None, ..filter.clone() }, Column::Difficulty)).await
}

pub async fn languages(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &CourseFilter,
) -> Result<Vec<Counted<String>>> {
    counted(db, left(db, viewer, CourseFilter { language: None, ..filter.clone() }, Column::Language)).await
}

pub async fn instructors(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &CourseFilter,
) -> Result<Vec<Counted<UserId>>> {
    counted(db, left(db, viewer, CourseFilter { instructor: None, ..filter.clone() }, Column::InstructorId)).await
}

/// In hundredths of a star.
const RATINGS: [i64; 4] = [450, 400, 350, 300];

/// How many courses are rated at least so many hundredths of a star, the most first.
pub async fn ratings(db: &impl ConnectionTrait, viewer: &Viewer, filter: &CourseFilter) -> Result<Vec<Counted<i64>>> {
    let filter = CourseFilter { min_rating: None, ..filter.clone() };
    let step = step(Column::RatingAverage.into_simple_expr(), &RATINGS);
    let found: Vec<Counted<i64>> = counted(db, left(db, viewer, filter, step)).await?;
    let at_least = |bound| found.iter().filter(|(rating, _)| *rating >= bound).map(|(_, count)| count).sum();
    Ok(RATINGS.map(|bound| (bound, at_least(bound))).into())
}

/// In seconds: one hour, three, six, seventeen.
const DURATIONS: [i64; 4] = [61_200, 21_600, 10_800, 3_600];

/// Values from `at_least` to `at_most`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub at_least: i64,
    pub at_most: Option<i64>,
}

impl Range {
    /// The range that begins at this bound of a list whose greatest stands first.
    fn from(at_least: i64, bounds: &[i64]) -> Self {
        let next = bounds.iter().rev().find(|bound| **bound > at_least);
        Self { at_least, at_most: next.map(|bound| bound - 1) }
    }
}

/// How many courses are how long, in seconds, the shortest first.
pub async fn durations(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &CourseFilter,
) -> Result<Vec<Counted<Range>>> {
    let filter = CourseFilter { min_duration: None, max_duration: None, ..filter.clone() };
    let step = step(Column::Duration.into_simple_expr(), &DURATIONS);
    let mut found: Vec<Counted<i64>> = counted(db, left(db, viewer, filter, step)).await?;
    found.sort_unstable();
    Ok(found.into_iter().map(|(seconds, count)| (Range::from(seconds, &DURATIONS), count)).collect())
}

/// In minor units of any currency.
const PRICES: [i64; 11] = [1_000_000, 500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500];

/// What courses cost at present.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prices {
    pub free: i64,
    pub paid: i64,
    /// By currency, the cheapest first.
    pub ranges: Vec<PriceRange>,
}

/// A range of prices in one currency, in its minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceRange {
    pub currency: String,
    pub range: Range,
    pub count: i64,
}

pub async fn prices(db: &impl ConnectionTrait, viewer: &Viewer, filter: &CourseFilter) -> Result<Prices> {
    let filter = CourseFilter { is_free: None, min_price: None, max_price: None, currency: None, ..filter.clone() };
    let step = step(effective_price(filter.now), &PRICES);
    let mut query = left(db, viewer, filter, step);
    for (column, name) in [(Column::Currency, "currency"), (Column::IsFree, "is_free")] {
        query.expr_as(column.into_simple_expr(), name).group_by_col(name);
    }
    query.order_by("currency", Order::Asc).order_by("value", Order::Asc);
    query.expr_as(Expr::col(Asterisk).count(), "courses").group_by_col("value");
    let mut prices = Prices::default();
    for row in db.query_all(&query).await? {
        let (currency, count): (String, i64) = (row.try_get("", "currency")?, row.try_get("", "courses")?);
        let range = Range::from(row.try_get("", "value")?, &PRICES);
        let is_free: bool = row.try_get("", "is_free")?;
        *(if is_free { &mut prices.free } else { &mut prices.paid }) += count;
        match prices.ranges.last_mut().filter(|last| last.currency == currency && last.range == range) {
            Some(last) => last.count += count,
            None => prices.ranges.push(PriceRange { currency, range, count }),
        }
    }
    Ok(prices)
}

/// The greatest of these bounds that the value reaches, 0 when it reaches none.
fn step(value: Expr, bounds: &[i64]) -> Expr {
    let reached = |case: CaseStatement, bound: &i64| case.case(value.clone().gte(*bound), *bound);
    bounds.iter().fold(CaseStatement::new(), reached).finally(0i64).into()
}

/// One value of each course that the filter leaves.
fn left(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: CourseFilter,
    value: impl IntoSimpleExpr,
) -> SelectStatement {
    let mut query = narrowed(db.get_database_backend(), viewer, &filter).select_only().into_query();
    query.expr_as(value.into_simple_expr(), "value");
    query
}

/// How often each value is there, the most frequent first.
async fn counted<T: TryGetable>(db: &impl ConnectionTrait, mut query: SelectStatement) -> Result<Vec<Counted<T>>> {
    query.expr_as(Expr::col(Asterisk).count(), "courses").group_by_col("value");
    query.order_by("courses", Order::Desc).order_by("value", Order::Asc).limit(MOST_VALUES);
    let rows = db.query_all(&query).await?;
    rows.iter().map(|row| Ok((row.try_get("", "value")?, row.try_get("", "courses")?))).collect()
}
