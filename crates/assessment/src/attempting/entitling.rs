use kernel::{CourseId, Live, QuizId, Result, UserId};
use learning::{EnrollmentStatus, enrollment};
use sea_orm::{ColumnTrait, ConnectionTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::quiz;

/// Has this person a place in the course, whether or not their time for it is over?
pub(crate) async fn is_learner(db: &impl ConnectionTrait, user: UserId, course: CourseId) -> Result<bool> {
    use enrollment::Column::{CourseId, UserId};
    let own = enrollment::Entity::live().filter(UserId.eq(user)).filter(CourseId.eq(course));
    Ok(own.count(db).await? > 0)
}

/// May who has begun an attempt at the quiz go on with it? As long as the quiz is there and they have not left its course; that
/// their time for the course is over, or rests, takes no attempt away that was begun in time.
pub(super) async fn may_go_on(db: &impl ConnectionTrait, user: UserId, quiz: QuizId) -> Result<bool> {
    use enrollment::Column::{CourseId, Status, UserId};
    let course = quiz::Entity::live().filter(quiz::Column::Id.eq(quiz)).select_only().column(quiz::Column::CourseId);
    let own = enrollment::Entity::live().filter(UserId.eq(user)).filter(Status.ne(EnrollmentStatus::Dropped));
    Ok(own.filter(CourseId.in_subquery(course.into_query())).count(db).await? > 0)
}
