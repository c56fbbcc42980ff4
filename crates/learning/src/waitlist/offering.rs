//! Seats that come free go to those who wait.

use accounts::Letter;
use chrono::Duration;
use courses::{Admission, CourseRow, CourseStatus, Taught};
use kernel::{AuditRecord, CourseId, EntityId, Result, Tx, allow};
use sea_orm::{ColumnTrait, QueryFilter, Set};

use super::{SettleWaitlist, end, head, open};
use crate::{
    WaitlistOutcome,
    expiring::give_back,
    policy::Settle,
    waitlist_entry::{ActiveModel, Column, Model},
};

/// A transaction offers so many seats and leaves the rest to a job: others want the course, too.
const MOST_OFFERS: usize = 50;

/// Says on which terms the course takes people in. Seats that this makes are offered at once.
pub async fn set_enrollment_policy(tx: &mut Tx, course: CourseId, wanted: Admission) -> Result<CourseRow> {
    let course = courses::set_admission(tx, course, wanted).await?;
    settle(tx, &Taught { course: course.clone(), role: None }).await?;
    Ok(course.into())
}

/// Ends the enrolments and the offers whose time is over and offers the seats that are free. Whoever calls it holds the
/// course.
pub async fn settle(tx: &mut Tx, held: &Taught) -> Result<()> {
    give_back(tx, held.id).await?;
    lapse(tx, held).await?;
    // Who can't enrol for the moment is not hurried.
    if held.status != CourseStatus::Published {
        return Ok(());
    }
    for _ in 0..MOST_OFFERS {
        let Some(next) = head(tx, held.id).await? else {
            return Ok(());
        };
        if !courses::reserve_seat(tx, held.id).await? {
            return Ok(());
        }
        offer(tx, held, next).await?;
    }
    tx.enqueue(&SettleWaitlist { course: held.id }).await?;
    Ok(())
}

async fn lapse(tx: &mut Tx, held: &Taught) -> Result<()> {
    let over = open(held.id).filter(Column::OfferExpiresAt.lte(tx.now)).all(&tx.conn).await?;
    let seats = over.len() as i64;
    for entry in over {
        let ended = end(tx, entry, WaitlistOutcome::Lapsed).await?;
        tx.record(told("waitlist.offer_lapsed", &ended)).await?;
    }
    if seats > 0 {
        courses::free_reserved_seats(tx, held.id, seats).await?;
    }
    Ok(())
}

/// The seat is reserved already.
async fn offer(tx: &mut Tx, held: &Taught, next: Model) -> Result<()> {
    let (now, until) = (tx.now, tx.now + Duration::hours(held.offer_hours.into()));
    let permit = allow::<Settle, _>(&tx.viewer, next)?;
    let change = |row: &mut ActiveModel| {
        row.offered_at = Set(Some(now));
        row.offer_expires_at = Set(Some(until));
    };
    let entry: Model = tx.update(permit, change).await?;
    let record = told("waitlist.seat_offered", &entry);
    tx.record(record.with("offerExpiresAt", until.to_rfc3339())).await?;
    tx.enqueue(&Letter::SeatOffered { user: entry.user_id, course_title: held.title.clone(), until }).await?;
    tx.enqueue_at(&SettleWaitlist { course: held.id }, until).await?;
    Ok(())
}

pub(super) fn told(action: &'static str, entry: &Model) -> AuditRecord {
    let record = AuditRecord::new(action, entry.id).with("courseId", entry.course_id.to_wire());
    record.with("userId", entry.user_id.to_wire())
}
