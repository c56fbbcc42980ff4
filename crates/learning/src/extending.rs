//! For how long somebody has a course.

use chrono::{DateTime, Utc};
use courses::Seat;
use kernel::{EnrollmentId, Result, Tx};
use sea_orm::Set;

use crate::{
    EnrollmentRow, EnrollmentStatus,
    admitting::standing_after,
    enrollment::{ActiveModel, Model},
    granting::check_ahead,
    overseeing::{oversee, told},
    rules::{ENROLLMENT_COURSE_FULL, ENROLLMENT_NOT_FOUND},
};

/// Lets the enrolment end then, later or sooner than it would have; `None`: never. One whose time was over goes on, which
/// takes a seat when its own has been given away.
pub async fn extend_enrollment(
    tx: &mut Tx,
    id: EnrollmentId,
    expires_at: Option<DateTime<Utc>>,
    over_capacity: bool,
) -> Result<EnrollmentRow> {
    let permit = oversee(tx, id).await?;
    check_ahead(tx, expires_at)?;
    let had = permit.enrollment.clone();
    let status = match had.status {
        EnrollmentStatus::Dropped => return Err(ENROLLMENT_NOT_FOUND.at("enrollmentId").into()),
        EnrollmentStatus::Expired => {
            let seat = if over_capacity { Seat::Extra } else { Seat::Free };
            if !courses::take_seat(tx, had.course_id, seat, had.completed_at.is_some()).await? {
                return Err(ENROLLMENT_COURSE_FULL.at("enrollmentId").into());
            }
            standing_after(&had)
        }
        status => status,
    };
    let change = |row: &mut ActiveModel| {
        row.status = Set(status);
        row.expires_at = Set(expires_at);
    };
    let after: Model = tx.update(permit, change).await?;
    let time = |time: Option<DateTime<Utc>>| time.map(|time| time.to_rfc3339());
    let record = told("enrollment.extended", &after);
    tx.record(record.change("expiresAt", time(had.expires_at), time(after.expires_at))).await?;
    Ok(after.into())
}
