//! The one thing that every context may ask of enrolments, though only `learning` knows them: who is in a course may go
//! on reading it, wherever its rows are.

use sea_orm::{
    ExprTrait, IntoSimpleExpr,
    sea_query::{Alias, Expr, Query, SelectStatement},
};

use crate::UserId;

const TABLE: &str = "enrollments";

/// `course` names a course that this person is in, or was until their time was over: it says who goes on seeing its page,
/// whatever became of the course. Who may open what is in it, `learning::entitled` knows.
pub fn enrolled(user: UserId, course: impl IntoSimpleExpr) -> Expr {
    course.into_simple_expr().in_subquery(courses_of(user))
}

fn courses_of(user: UserId) -> SelectStatement {
    let mut courses = Query::select();
    courses
        .expr(column("course_id"))
        .from(TABLE)
        .and_where(column("user_id").eq(user))
        .and_where(column("status").is_in(["active", "completed", "expired"]))
        .and_where(column("is_deleted").eq(Expr::cust("FALSE")));
    courses.take()
}

fn column(name: &'static str) -> Expr {
    Expr::col((Alias::new(TABLE), Alias::new(name)))
}
