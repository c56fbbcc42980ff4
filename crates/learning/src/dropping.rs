//! Leaving a course.

use kernel::{AuditRecord, CourseId, EntityId, Event, Result, Tx, allow};
use sea_orm::Set;

use crate::{
    EnrollmentRow, EnrollmentStatus, Standing,
    admitting::enrollment_of,
    enrollment::{ActiveModel, Model},
    policy::Leave,
    rules::{ENROLLMENT_EXPIRED, ENROLLMENT_NOT_FOUND},
    waitlist,
};

/// Takes the viewer out of the course. What they did there stays, for when they come back, and so does a certificate. The
/// seat goes to who waits for one. Who has no time left has left already: on the second, whether or not a job has said so.
pub async fn drop_enrollment(tx: &mut Tx, course: CourseId) -> Result<EnrollmentRow> {
    let user = tx.viewer.person()?;
    let held = courses::hold(tx, course).await?;
    let own = enrollment_of(tx, user, course).await?.ok_or_else(|| ENROLLMENT_NOT_FOUND.at("courseId"))?;
    if Standing::of(&own.clone().into(), tx.now) == Standing::Expired {
        return Err(ENROLLMENT_EXPIRED.at("courseId").into());
    }
    let own = Some(own).filter(has_seat).ok_or_else(|| ENROLLMENT_NOT_FOUND.at("courseId"))?;
    let completed = i64::from(own.status == EnrollmentStatus::Completed);
    let permit = allow::<Leave, _>(&tx.viewer, own)?;
    let dropped: Model = tx.update(permit, |row: &mut ActiveModel| row.status = Set(EnrollmentStatus::Dropped)).await?;
    let record = AuditRecord::new("enrollment.dropped", dropped.id).with("courseId", course.to_wire());
    tx.record(record.with("userId", user.to_wire())).await?;
    courses::free_seats(tx, course, 1, completed).await?;
    waitlist::settle(tx, &held).await?;
    tx.emit(Event::CourseLeft { user, course });
    Ok(dropped.into())
}

pub(crate) fn has_seat(enrollment: &Model) -> bool {
    matches!(enrollment.status, EnrollmentStatus::Active | EnrollmentStatus::Completed)
}
