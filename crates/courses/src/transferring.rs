use accounts::stays_teacher;
use kernel::{AuditRecord, CourseId, EntityId, Result, Tx, UserId};
use sea_orm::{ColumnTrait, ExprTrait, Set};

use crate::{
    CourseRow, StaffRole, course, course_staff, rules::COURSE_OWNER_MAY_NOT_TEACH, staffing::join, taught::own,
};

/// Gives the course to somebody else; who owned it teaches it from now on as one of its staff. There is one owner at any
/// moment: it is one column of the course, which is locked.
pub async fn transfer(tx: &mut Tx, course: CourseId, heir: UserId) -> Result<CourseRow> {
    let permit = own(tx, course).await?;
    let owner = permit.instructor_id;
    if owner == heir {
        return Ok(permit.into_row().course.into());
    }
    if !stays_teacher(tx, heir).await? {
        return Err(COURSE_OWNER_MAY_NOT_TEACH.at("userId").into());
    }
    // The owner is never on the staff as well.
    let place = course_staff::Column::CourseId.eq(course).and(course_staff::Column::UserId.eq(heir));
    tx.delete_where::<_, _, course_staff::Entity>(&permit, place).await?;
    join(tx, &permit, owner, StaffRole::Instructor).await?;
    let course = tx.update(permit, |row: &mut course::ActiveModel| row.instructor_id = Set(heir)).await?;
    let record = AuditRecord::new("course.transferred", course.id);
    tx.record(record.change("instructorId", owner.to_wire(), heir.to_wire())).await?;
    Ok(course.into())
}
