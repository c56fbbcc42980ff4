//! What somebody types into the search field. The index is kept by triggers, see its migration.

use kernel::{Page, PageRequest, Result, Scalar, Viewer, Words, dialect};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DerivePartialModel, ExprTrait, IntoSimpleExpr, QueryTrait,
    sea_query::{Expr, JoinType, Query},
};

use crate::{CourseFilter, CourseRow, CourseSort, course::Column, filtering::narrowed};

const INDEX: &str = "course_search";
const FOUND: &str = "found";

/// Only courses that have all words somewhere.
pub(crate) fn is_found(backend: DbBackend, words: &Words) -> Expr {
    let found = dialect::found(backend, INDEX, words);
    Column::Id.in_subquery(Query::select().column("id").from_subquery(found, FOUND).take())
}

/// A course, and how well it answers the search.
#[derive(DerivePartialModel)]
struct Found {
    #[sea_orm(nested)]
    course: CourseRow,
    #[sea_orm(from_expr = "rank()")]
    rank: i32,
}

fn rank() -> Expr {
    Expr::col((FOUND, "rank"))
}

/// One page of what has all words, by how well it answers; the more popular of equals first.
pub(crate) async fn by_relevance(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    (filter, words): (&CourseFilter, &Words),
    sort: CourseSort,
    request: &PageRequest,
) -> Result<Page<CourseRow>> {
    let backend = db.get_database_backend();
    let mut select = narrowed(backend, viewer, &CourseFilter { search: None, ..filter.clone() });
    let same = Expr::col((FOUND, "id")).eq(Column::Id.into_simple_expr());
    QueryTrait::query(&mut select).join_subquery(
        JoinType::InnerJoin,
        dialect::found(backend, INDEX, words),
        FOUND,
        same,
    );
    let sort = sort
        .begin::<Found>("relevance")
        .by_number(rank(), |found| Scalar::Int(found.rank.into()))
        .by(Column::EnrollmentCount, |found| Scalar::Int(found.course.enrollment_count.into()))
        .by(Column::Id, |found| Scalar::Id(found.course.id.0));
    Ok(kernel::page(db, select, &sort, request).await?.map(|found| found.course))
}
