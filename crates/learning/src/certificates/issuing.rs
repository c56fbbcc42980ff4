//! A certificate comes to be, with everything that is printed on it as it is at that moment.

use accounts::{Letter, user};
use courses::course;
use kernel::{AuditRecord, CourseId, EnrollmentId, EntityId, Error, Live, Result, Tx, UserId, allow};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, Set};

use super::{
    eligibility::{eligibility, standing},
    policy::Award,
    serial::serial_of,
};
use crate::{CertificateRow, EnrollmentStatus, certificate, enrollment};

/// The certificate of a course that was finished. None when there is one already, or when it has to wait for a name: then
/// the learner asks for it by [`claim`].
pub async fn issue(tx: &mut Tx, enrollment: EnrollmentId, institution: &str) -> Result<Option<CertificateRow>> {
    let finished = enrollment::Entity::live()
        .filter(enrollment::Column::Id.eq(enrollment))
        .filter(enrollment::Column::Status.eq(EnrollmentStatus::Completed));
    let Some(enrollment) = finished.one(&tx.conn).await? else {
        return Ok(None);
    };
    let permit = allow::<Award, _>(&tx.viewer, enrollment)?;
    let Some(row) = worded(tx, &permit, institution).await? else {
        return Ok(None);
    };
    let Some(issued) = tx.insert_unless_taken(&permit, row).await? else {
        return Ok(None);
    };
    let record = AuditRecord::new("certificate.issued", issued.id).with("courseId", issued.course_id.to_wire());
    tx.record(record.with("enrollmentId", issued.enrollment_id.to_wire())).await?;
    let (user, course_title, serial) = (issued.user_id, issued.course_title.clone(), issued.serial.clone());
    tx.enqueue(&Letter::CertificateIssued { user, course_title, serial }).await?;
    Ok(Some(issued.into()))
}

/// The viewer's own certificate of a course, made now when nothing stands against it.
pub async fn claim(tx: &mut Tx, course: CourseId, institution: &str) -> Result<CertificateRow> {
    let found = eligibility(&tx.conn, &tx.viewer, course).await?;
    // Before the certificate that is there: it may have been taken back.
    if !found.blockers.is_empty() {
        return Err(Error::Broken(found.blockers.into_iter().map(|rule| rule.at("courseId")).collect()));
    }
    if let Some(certificate) = found.certificate {
        return Ok(certificate);
    }
    let enrollment = found.enrollment.ok_or(Error::NotFound)?;
    if let Some(issued) = issue(tx, enrollment.id, institution).await? {
        return Ok(issued);
    }
    // Somebody was faster.
    standing(&tx.conn, &enrollment).await?.ok_or(Error::NotFound)
}

/// All that the certificate says. None when the holder is not there, or has no name.
async fn worded(
    tx: &mut Tx,
    enrollment: &enrollment::Model,
    institution: &str,
) -> Result<Option<certificate::ActiveModel>> {
    let Some(holder) = name_of_holder(tx, enrollment.user_id).await? else {
        return Ok(None);
    };
    let course = course::Entity::live().filter(course::Column::Id.eq(enrollment.course_id)).one(&tx.conn).await?;
    let course = course.ok_or(Error::NotFound)?;
    Ok(Some(certificate::ActiveModel {
        id: Set(tx.new_id()?),
        enrollment_id: Set(enrollment.id),
        user_id: Set(enrollment.user_id),
        course_id: Set(enrollment.course_id),
        course_version_id: Set(enrollment.course_version_id),
        serial: Set(new_serial(tx)?),
        recipient_name: Set(holder),
        instructor_name: Set(name_of_instructor(tx, course.instructor_id).await?),
        course_title: Set(course.title),
        institution_name: Set(institution.chars().take(255).collect()),
        duration: Set(course.duration),
        issued_at: Set(tx.now),
        completed_at: Set(enrollment.completed_at.unwrap_or(tx.now)),
        ..Default::default()
    }))
}

pub(super) fn new_serial(tx: &Tx) -> Result<String> {
    Ok(serial_of(u128::from_be_bytes(tx.random()?)))
}

/// The legal name of an active account, which stays so until the transaction ends: nobody is erased meanwhile. None without
/// a name.
pub(super) async fn name_of_holder(tx: &Tx, user: UserId) -> Result<Option<String>> {
    let found = user::Entity::active_users().filter(user::Column::Id.eq(user)).lock_shared().one(&tx.conn).await?;
    Ok(found.map(|user| user.full_name.trim().to_string()).filter(|name| !name.is_empty()))
}

async fn name_of_instructor(tx: &Tx, user: UserId) -> Result<String> {
    let found = user::Entity::live().filter(user::Column::Id.eq(user)).one(&tx.conn).await?;
    let names = found.map(|user| [user.full_name, user.display_name, user.username.unwrap_or_default()]);
    Ok(names
        .into_iter()
        .flatten()
        .map(|name| name.trim().to_string())
        .find(|name| !name.is_empty())
        .unwrap_or_default())
}
