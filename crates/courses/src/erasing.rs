use accounts::may_erase;
use kernel::{Result, Tx, UserId, Viewer};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::Expr,
};

use crate::{
    course::{Column, Entity},
    course_staff,
};

/// Does this person teach any course, in whatever state?
pub async fn teaches(db: &impl ConnectionTrait, viewer: &Viewer, user: UserId) -> Result<bool> {
    Ok(Entity::visible_to(viewer).filter(Column::InstructorId.eq(user)).count(db).await? > 0)
}

/// A person has gone: they are on no staff any more, and the heir owns the courses, so that nobody who learns there loses
/// anything.
#[expect(clippy::disallowed_methods, reason = "erasing leaves nothing behind")]
pub async fn hand_over(tx: &Tx, user: UserId, heir: Option<UserId>) -> Result<()> {
    use course_staff::Column::{CourseId, UserId};
    let permit = may_erase(&tx.viewer, user)?;
    tx.unlink::<_, _, course_staff::Entity>(&permit, UserId.eq(user)).await?;
    if let Some(heir) = heir {
        let owner = vec![(Column::InstructorId, Expr::val(heir))];
        tx.redact::<_, _, Entity>(&permit, Column::InstructorId.eq(user), owner).await?;
        // The owner is never on the staff as well.
        let own = Entity::find().filter(Column::InstructorId.eq(heir)).select_only().column(Column::Id).into_query();
        let places = UserId.eq(heir).and(CourseId.in_subquery(own));
        tx.delete_where::<_, _, course_staff::Entity>(&permit, places).await?;
    }
    Ok(())
}
