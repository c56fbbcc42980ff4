//! For how long somebody has a course.

use chrono::{DateTime, Utc};
use courses::Seat;
use kernel::{EnrollmentId, Result, Tx};
use sea_orm::Set;

use crate::{
    EnrollmentRow, EnrollmentStatus,
    admitting::standing_after,
    enrollment::{ActiveModel, Model},
    expiring::settle_at_the_end,
    granting::check_ahead,
    overseeing::{oversee, told},
    progress::catch_up,
    rules::{ENROLLMENT_COURSE_FULL, ENROLLMENT_EXPIRY_UNSAID},
    waitlist,
};

/// Lets the enrolment end then, later or sooner than it would have; `Some(None)`: never. `None` says nothing, which is refused.
/// One whose time was over goes on, which takes a seat when its own has been given away. Who has left stays away, and may
/// come back until then.
pub async fn extend_enrollment(
    tx: &mut Tx,
    id: EnrollmentId,
    expires_at: Option<Option<DateTime<Utc>>>,
    over_capacity: bool,
) -> Result<EnrollmentRow> {
    let permit = oversee(tx, id).await?;
    let expires_at = expires_at.ok_or_else(|| ENROLLMENT_EXPIRY_UNSAID.at("expiresAt"))?;
    check_ahead(tx, expires_at)?;
    // The seat of one whose time is over goes to who waits for it, whether or not a job has been there.
    waitlist::settle(tx, &permit.taught).await?;
    let permit = oversee(tx, id).await?;
    let had = permit.enrollment.clone();
    let status = match had.status {
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
    settle_at_the_end(tx, &after).await?;
    catch_up(tx, &after).await?;
    let time = |time: Option<DateTime<Utc>>| time.map(|time| time.to_rfc3339());
    let record = told("enrollment.extended", &after);
    tx.record(record.change("expiresAt", time(had.expires_at), time(after.expires_at))).await?;
    Ok(after.into())
}
