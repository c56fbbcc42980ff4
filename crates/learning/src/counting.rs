//! What courses' counters of learners and of kept seats are held against.

use kernel::Live;
use sea_orm::{
    ColumnTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{CaseStatement, Expr, Func, SelectStatement},
};

use crate::{
    EnrollmentStatus,
    enrollment::{Column, Entity},
    waitlist_entry,
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

/// By `course_id`, the course's `reserved_seats`: the offers that have not ended.
pub fn reserved_seats_of_courses() -> SelectStatement {
    use waitlist_entry::Column::{CourseId, EndedAt, Id, OfferedAt};
    waitlist_entry::Entity::live()
        .filter(EndedAt.is_null())
        .filter(OfferedAt.is_not_null())
        .select_only()
        .column(CourseId)
        .column_as(Id.count(), "reserved_seats")
        .group_by(CourseId)
        .into_query()
}
