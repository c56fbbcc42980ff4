//! What courses' counters of ratings are held against.

use kernel::Live;
use sea_orm::{
    ColumnTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{CaseStatement, Expr, Func, SelectStatement},
};

use crate::review::{Column, Entity};

/// By `course_id`, the course's `rating_sum`, `rating_count`, and `rating_1` to `rating_5`. What a moderator has hidden
/// does not count.
pub fn ratings_of_courses() -> SelectStatement {
    let all = Entity::live()
        .filter(Column::IsHidden.eq(false))
        .select_only()
        .column(Column::CourseId)
        .column_as(Column::Rating.sum(), "rating_sum")
        .column_as(Column::Id.count(), "rating_count");
    let by_star = (1..=5).fold(all, |select, stars| {
        let given = CaseStatement::new().case(Column::Rating.eq(stars), Expr::cust("1")).finally(Expr::cust("0"));
        select.column_as(Expr::expr(Func::sum(given)), format!("rating_{stars}"))
    });
    by_star.group_by(Column::CourseId).into_query()
}
