use kernel::{CertificateId, CourseId, Live, Result, UserId, dialect};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::certificate::{Column, Entity};

/// The certificates of these people for a course that are good today.
pub async fn held_for(
    db: &impl ConnectionTrait,
    course: CourseId,
    people: &[UserId],
) -> Result<Vec<(CertificateId, UserId)>> {
    let which = dialect::any_of(db.get_database_backend(), (Entity, Column::UserId), people);
    let held = Entity::live().filter(Column::CourseId.eq(course)).filter(which);
    let good = held.filter(Column::RevokedAt.is_null()).filter(Column::SupersededAt.is_null()).select_only();
    let good = good.columns([Column::Id, Column::UserId]).order_by_asc(Column::Id);
    Ok(good.into_tuple().all(db).await?)
}
