use courses::look;
use kernel::{CourseId, Live, Page, PageRequest, Result, Scalar, Sort, Viewer, allow, count, page};
use sea_orm::{
    ColumnTrait, ConnectionTrait, ExprTrait, IntoSimpleExpr, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::Expr,
};

use crate::{
    AnswerRow, AttemptStatus,
    policy::Grade,
    quiz,
    quiz_answer::{Column, Entity},
    quiz_attempt,
};

/// The answers of a course that wait for a person, the oldest first. For those who may grade there.
pub async fn grading_queue(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    course: CourseId,
    request: &PageRequest,
) -> Result<Page<AnswerRow>> {
    allow::<Grade, _>(viewer, look(db, viewer, course).await?)?;
    page(db, waiting(course), &oldest(), request).await
}

/// How many there are.
pub async fn count_queue(db: &impl ConnectionTrait, viewer: &Viewer, course: CourseId) -> Result<i64> {
    allow::<Grade, _>(viewer, look(db, viewer, course).await?)?;
    count(db, waiting(course)).await
}

fn waiting(course: CourseId) -> Select<Entity> {
    let quizzes = quiz::Entity::live().filter(quiz::Column::CourseId.eq(course)).select_only().column(quiz::Column::Id);
    let attempts = quiz_attempt::Entity::live()
        .filter(quiz_attempt::Column::Status.eq(AttemptStatus::Submitted))
        .filter(quiz_attempt::Column::QuizId.in_subquery(quizzes.into_query()))
        .select_only()
        .column(quiz_attempt::Column::Id);
    // To the letter the condition of the index.
    let needs_person = Column::NeedsPerson.into_simple_expr().eq(Expr::cust("TRUE"));
    Entity::live()
        .filter(needs_person)
        .filter(Column::Points.is_null())
        .filter(Column::AttemptId.in_subquery(attempts.into_query()))
}

fn oldest() -> Sort<Entity, AnswerRow> {
    Sort::<_, AnswerRow>::ascending("oldest")
        .by(Column::SavedAt, |row| Scalar::Time(row.saved_at))
        .by(Column::Id, |row| Scalar::Id(row.id.0))
}
