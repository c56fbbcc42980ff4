use std::collections::HashMap;

use courses::look;
use kernel::{
    CourseId, Live, Page, PageRequest, QuizId, Result, Scalar, Sort, UserId, Viewer, allow, count, counts_of, page,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DerivePartialModel, QueryFilter, Select, prelude::DateTimeUtc};

use crate::{
    policy::Grade,
    quiz::{Column, Entity},
    quiz_attempt,
};

/// A deleted quiz, as far as one has to know it to ask what came of it.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub struct DeletedQuizRow {
    pub id: QuizId,
    pub title: String,
    pub deleted_at: Option<DateTimeUtc>,
    pub deleted_by: Option<UserId>,
    /// Stands for the time of the deletion where that is not known.
    pub updated_at: DateTimeUtc,
}

/// The deleted quizzes of a course, the last deleted first. For those who may grade there.
pub async fn deleted_quizzes(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    course: CourseId,
    request: &PageRequest,
) -> Result<Page<DeletedQuizRow>> {
    allow::<Grade, _>(viewer, look(db, viewer, course).await?)?;
    let sort = Sort::<_, DeletedQuizRow>::descending("deleted")
        .by(Column::DeletedAt, |row| Scalar::Time(row.deleted_at.unwrap_or(row.updated_at)))
        .by(Column::Id, |row| Scalar::Id(row.id.0));
    page(db, of_course(viewer, course), &sort, request).await
}

/// How many there are.
pub async fn count_deleted_quizzes(db: &impl ConnectionTrait, viewer: &Viewer, course: CourseId) -> Result<i64> {
    allow::<Grade, _>(viewer, look(db, viewer, course).await?)?;
    count(db, of_course(viewer, course)).await
}

/// How many attempts there are at each quiz; those that nobody has sat are absent. Ask only for quizzes the viewer grades.
pub async fn attempt_counts(db: &impl ConnectionTrait, _: &Viewer, quizzes: &[QuizId]) -> Result<HashMap<QuizId, i64>> {
    counts_of(db, quiz_attempt::Entity::live(), quiz_attempt::Column::QuizId, quizzes).await
}

fn of_course(viewer: &Viewer, course: CourseId) -> Select<Entity> {
    Entity::deleted_for(viewer).filter(Column::CourseId.eq(course))
}
