use std::collections::BTreeSet;

use kernel::{Live, QuizId, Result, UserId, dialect};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect};

use crate::item_completion::{Column, Entity};

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
