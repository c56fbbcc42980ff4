use kernel::{CourseId, Live, Result, UserId};
use learning::enrollment;
use sea_orm::{ColumnTrait, ConnectionTrait, PaginatorTrait, QueryFilter};

/// Has this person a place in the course, whether or not their time for it is over?
pub(crate) async fn is_learner(db: &impl ConnectionTrait, user: UserId, course: CourseId) -> Result<bool> {
    use enrollment::Column::{CourseId, UserId};
    let own = enrollment::Entity::live().filter(UserId.eq(user)).filter(CourseId.eq(course));
    Ok(own.count(db).await? > 0)
}
