//! Whether somebody may go on with a course. The seat stays theirs.

use kernel::{EnrollmentId, Result, Tx};
use sea_orm::Set;

use crate::{
    EnrollmentRow,
    dropping::has_seat,
    enrollment::{ActiveModel, Model},
    overseeing::{oversee, told},
    progress::catch_up,
    rules::{ENROLLMENT_NOT_FOUND, ENROLLMENT_NOT_SUSPENDED, ENROLLMENT_REASON_INVALID, ENROLLMENT_SUSPENDED},
};

const LONGEST_REASON: usize = 1_000;

/// Closes the course to the person at once. They see that, and why; leaving and coming back is no way round it.
pub async fn suspend_enrollment(tx: &mut Tx, id: EnrollmentId, reason: &str) -> Result<EnrollmentRow> {
    let (permit, reason) = (oversee(tx, id).await?, reason.trim().to_string());
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
        return Err(ENROLLMENT_REASON_INVALID.at("reason").into());
    }
    if permit.enrollment.suspended_at.is_some() {
        return Err(ENROLLMENT_SUSPENDED.at("enrollmentId").into());
    }
    if !has_seat(&permit.enrollment) {
        return Err(ENROLLMENT_NOT_FOUND.at("enrollmentId").into());
    }
    let now = tx.now;
    let change = |row: &mut ActiveModel| {
        row.suspended_at = Set(Some(now));
        row.suspended_reason = Set(reason.clone());
    };
    let after: Model = tx.update(permit, change).await?;
    tx.record(told("enrollment.suspended", &after).reason(reason)).await?;
    Ok(after.into())
}

/// Opens it again.
pub async fn resume_enrollment(tx: &mut Tx, id: EnrollmentId) -> Result<EnrollmentRow> {
    let permit = oversee(tx, id).await?;
    if permit.enrollment.suspended_at.is_none() {
        return Err(ENROLLMENT_NOT_SUSPENDED.at("enrollmentId").into());
    }
    let change = |row: &mut ActiveModel| {
        row.suspended_at = Set(None);
        row.suspended_reason = Set(String::new());
    };
    let after: Model = tx.update(permit, change).await?;
    tx.record(told("enrollment.resumed", &after)).await?;
    catch_up(tx, &after).await?;
    Ok(after.into())
}
