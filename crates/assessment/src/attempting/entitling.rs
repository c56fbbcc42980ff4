use chrono::{DateTime, Utc};
use kernel::{CourseId, Live, Result, UserId};
use learning::{EnrollmentStatus, enrollment};
use sea_orm::{ColumnTrait, ConnectionTrait, ExprTrait, PaginatorTrait, QueryFilter};

/// Does this person take the course, or have they completed it, and is the time that they have for it not over?
pub(crate) async fn entitled(
    db: &impl ConnectionTrait,
    user: UserId,
    course: CourseId,
    now: DateTime<Utc>,
) -> Result<bool> {
    use enrollment::Column::{CourseId, ExpiresAt, Status, UserId};
    let living = Status.is_in([EnrollmentStatus::Active, EnrollmentStatus::Completed]);
    let own = enrollment::Entity::live().filter(UserId.eq(user)).filter(CourseId.eq(course));
    let own = own.filter(living).filter(ExpiresAt.is_null().or(ExpiresAt.gt(now)));
    Ok(own.count(db).await? > 0)
}

/// Has this person a place in the course, whether or not their time for it is over?
pub(crate) async fn is_learner(db: &impl ConnectionTrait, user: UserId, course: CourseId) -> Result<bool> {
    use enrollment::Column::{CourseId, UserId};
    let own = enrollment::Entity::live().filter(UserId.eq(user)).filter(CourseId.eq(course));
    Ok(own.count(db).await? > 0)
}
