use kernel::{CourseId, Live, Result, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect, QueryTrait, prelude::DateTimeUtc};

use crate::{AttemptStatus, QuizType, quiz, quiz_attempt};

/// Does this person sit a quiz of the course that counts, at this moment? As long as answers are taken, they do.
pub async fn has_open_attempt(
    db: &impl ConnectionTrait,
    user: UserId,
    course: CourseId,
    now: DateTimeUtc,
) -> Result<bool> {
    use quiz_attempt::Column::{QuizId, Status, UserId};
    let counting = quiz::Entity::live()
        .filter(quiz::Column::CourseId.eq(course))
        .filter(quiz::Column::QuizType.is_in([QuizType::Graded, QuizType::Final]))
        .select_only()
        .column(quiz::Column::Id);
    let open = quiz_attempt::Entity::live()
        .filter(UserId.eq(user))
        .filter(Status.eq(AttemptStatus::InProgress))
        .filter(QuizId.in_subquery(counting.into_query()));
    Ok(open.all(db).await?.iter().any(|attempt| attempt.is_open(now)))
}
