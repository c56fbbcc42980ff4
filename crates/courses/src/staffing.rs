//! Who works on a course beside its owner. The course is locked by all who change that, so that what they count and find
//! stays true.

use accounts::stays_active;
use kernel::{AuditRecord, CourseId, EntityId, Live, Permit, Result, Tx, UserId, allow};
use sea_orm::{ActiveEnum, ColumnTrait, PaginatorTrait, QueryFilter, Set};
use serde_json::Value;

use crate::{
    CourseRow, StaffRole, course_staff,
    policy::{Own, Release},
    rules::{COURSE_STAFF_IS_OWNER, COURSE_STAFF_NOT_ACTIVE, COURSE_STAFF_NOT_MEMBER, COURSE_STAFF_TOO_MANY},
    taught::{Member, Taught, own, place_of, taught},
};

const MOST: u64 = 50;

/// Puts somebody on the staff; who is there already gets the role.
pub async fn add_staff(tx: &mut Tx, course: CourseId, user: UserId, role: StaffRole) -> Result<CourseRow> {
    let permit = own(tx, course).await?;
    if permit.instructor_id == user {
        return Err(COURSE_STAFF_IS_OWNER.at("userId").into());
    }
    if !stays_active(tx, user).await? {
        return Err(COURSE_STAFF_NOT_ACTIVE.at("userId").into());
    }
    match place_of(&tx.conn, course, user).await? {
        Some(staff) if staff.role == role => Ok(permit.into_row().course.into()),
        Some(staff) => change_role(tx, permit.into_row(), staff, role).await,
        None => {
            join(tx, &permit, user, role).await?;
            tx.record(moved("course.staff_added", course, user, None, Some(role))).await?;
            Ok(permit.into_row().course.into())
        }
    }
}

/// Takes somebody off the staff. Everybody may take themselves off it.
pub async fn remove_staff(tx: &mut Tx, course: CourseId, user: UserId) -> Result<()> {
    let found = taught(tx, course).await?;
    let Some(staff) = place_of(&tx.conn, course, user).await? else {
        allow::<Own, _>(&tx.viewer, found)?;
        return Err(COURSE_STAFF_NOT_MEMBER.at("userId").into());
    };
    let permit = allow::<Release, _>(&tx.viewer, Member { taught: found, staff })?;
    let staff: course_staff::Model = tx.delete(permit).await?;
    tx.record(moved("course.staff_removed", course, user, Some(staff.role), None)).await
}

/// Adds somebody who is not there yet, as long as there is room.
pub(crate) async fn join(tx: &mut Tx, permit: &Permit<Own, Taught>, user: UserId, role: StaffRole) -> Result<()> {
    use course_staff::Column::CourseId;
    let others = course_staff::Entity::live().filter(CourseId.eq(permit.id)).count(&tx.conn).await?;
    if others >= MOST {
        return Err(COURSE_STAFF_TOO_MANY.at("userId").into());
    }
    let row = course_staff::ActiveModel {
        id: Set(tx.new_id()?),
        course_id: Set(permit.id),
        user_id: Set(user),
        role: Set(role),
        ..Default::default()
    };
    tx.insert(permit, row).await?;
    Ok(())
}

async fn change_role(tx: &mut Tx, taught: Taught, staff: course_staff::Model, role: StaffRole) -> Result<CourseRow> {
    let (course, before) = (taught.course.clone(), staff.role);
    let permit = allow::<Own, _>(&tx.viewer, Member { taught, staff })?;
    let after = tx.update(permit, |row: &mut course_staff::ActiveModel| row.role = Set(role)).await?;
    tx.record(moved("course.staff_changed", course.id, after.user_id, Some(before), Some(role))).await?;
    Ok(course.into())
}

fn moved(
    action: &'static str,
    course: CourseId,
    user: UserId,
    from: Option<StaffRole>,
    to: Option<StaffRole>,
) -> AuditRecord {
    let word = |role: Option<StaffRole>| role.map_or(Value::Null, |role| role.to_value().into());
    AuditRecord::new(action, course).with("userId", user.to_wire()).change("role", word(from), word(to))
}
