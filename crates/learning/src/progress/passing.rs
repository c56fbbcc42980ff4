use std::collections::BTreeSet;

use kernel::{CourseId, EnrollmentId, Live, QuizId, Result, Tx, UserId, dialect};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    enrollment,
    item_completion::{Column, Entity},
};

/// Which of these people are known here to have passed which of these quizzes.
pub async fn quizzes_passed(
    db: &impl ConnectionTrait,
    people: &[UserId],
    quizzes: &[QuizId],
) -> Result<BTreeSet<(UserId, QuizId)>> {
    let backend = db.get_database_backend();
    let which = dialect::any_of(backend, (Entity, Column::QuizId), quizzes);
    let passed = Entity::live().filter(which).filter(dialect::any_of(backend, (Entity, Column::UserId), people));
    let passed = passed.filter(Column::QuizId.is_not_null()).select_only().columns([Column::UserId, Column::QuizId]);
    Ok(passed.into_tuple().all(db).await?.into_iter().collect())
}

/// The turns for the enrolments of several people, before the progress of one is written: who completes a course comes to it
/// with a turn, and must not wait there for somebody who waits for that turn.
pub async fn take_turns(tx: &Tx, people: &[UserId], courses: &[CourseId]) -> Result<()> {
    use enrollment::{Column, Entity};
    let which = dialect::any_of(tx.backend(), (Entity, Column::UserId), people);
    let theirs =
        Entity::live().filter(which).filter(dialect::any_of(tx.backend(), (Entity, Column::CourseId), courses));
    let theirs = theirs.select_only().column(Column::Id).order_by_asc(Column::Id);
    let theirs: Vec<EnrollmentId> = theirs.into_tuple().all(&tx.conn).await?;
    tx.take_turns_for(&theirs).await
}
