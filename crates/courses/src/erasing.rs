use accounts::may_erase;
use kernel::{Result, Tx, UserId, Viewer};
use sea_orm::{ColumnTrait, ConnectionTrait, PaginatorTrait, QueryFilter, sea_query::Expr};

use crate::course::{Column, Entity};

/// Does this person teach any course, in whatever state?
pub async fn teaches(db: &impl ConnectionTrait, viewer: &Viewer, user: UserId) -> Result<bool> {
    Ok(Entity::visible_to(viewer).filter(Column::InstructorId.eq(user)).count(db).await? > 0)
}

/// A person has gone: the heir owns the courses, so that nobody who learns there loses anything.
pub async fn hand_over(tx: &Tx, user: UserId, heir: Option<UserId>) -> Result<()> {
    let permit = may_erase(&tx.viewer, user)?;
    if let Some(heir) = heir {
        let owner = vec![(Column::InstructorId, Expr::val(heir))];
        tx.redact::<_, _, Entity>(&permit, Column::InstructorId.eq(user), owner).await?;
    }
    Ok(())
}
