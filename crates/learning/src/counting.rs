//! What courses' counters of learners are held against.

use kernel::Live;
use sea_orm::{
    ColumnTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{CaseStatement, Expr, Func, SelectStatement},
};

use crate::{
    EnrollmentStatus,
    enrollment::{Column, Entity},
};

/// By `course_id`, the course's `enrollment_count` and `completion_count`.
pub fn learners_of_courses() -> SelectStatement {
    let completed = CaseStatement::new()
        .case(Column::Status.eq(EnrollmentStatus::Completed), Expr::cust("1"))
        .finally(Expr::cust("0"));
    Entity::live()
        .filter(Column::Status.is_in([EnrollmentStatus::Active, EnrollmentStatus::Completed]))
        .select_only()
        .column(Column::CourseId)
        .column_as(Column::Id.count(), "enrollment_count")
        .column_as(Expr::expr(Func::sum(completed)), "completion_count")
        .group_by(Column::CourseId)
        .into_query()
}
