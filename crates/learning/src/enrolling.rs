//! Enrolling oneself.

use courses::{CourseRow, Seat, Taught};
use kernel::{AuditRecord, CourseId, EntityId, Error, Result, Tx, UserId, allow};

use crate::{
    EnrollmentRow, EnrollmentSource, Standing, WaitlistOutcome, WaitlistRow,
    admitting::{Terms, admit, check_not_staff, check_open, enrollment_of, missing_prerequisites, readmit, usual_end},
    enrollment,
    policy::Join,
    rules::{ENROLLMENT_COURSE_FULL, ENROLLMENT_EXPIRED, ENROLLMENT_PAYMENT_REQUIRED, ENROLLMENT_SUSPENDED},
    waitlist::{self, Place},
};

/// What came of it.
#[derive(Debug)]
pub enum Enrolled {
    In(Box<EnrollmentRow>),
    /// The course is full.
    Waiting(Box<WaitlistRow>),
    /// These have to be completed first.
    Missing(Vec<CourseId>),
}

/// Takes the viewer into the course, or puts them on its waitlist. Who is in already, or waits already, is told so.
pub async fn enroll(tx: &mut Tx, course: CourseId) -> Result<Enrolled> {
    let user = tx.viewer.person()?;
    // Who has left finds the course again though it is not in the catalogue at present.
    let held = match courses::hold(tx, course).await {
        Err(Error::NotFound) if enrollment_of(tx, user, course).await?.is_some() => {
            courses::hold_unseen(tx, course).await?
        }
        held => held?,
    };
    let had = enrollment_of(tx, user, course).await?;
    if let Some(row) = had.as_ref().map(|had| EnrollmentRow::from(had.clone()))
        && may_return(tx, &row)?
    {
        return Ok(Enrolled::In(Box::new(row)));
    }
    check_open(&held, had.is_some())?;
    check_not_staff(tx, &held, user, "courseId").await?;
    // Who was given the course or has paid for it has it until it ends, however often they leave.
    if had.as_ref().is_none_or(|had| had.source == EnrollmentSource::SelfService) {
        check_free(tx, &held)?;
        let missing = missing_prerequisites(tx, &tx.viewer, user, course).await?;
        if !missing.is_empty() {
            return Ok(Enrolled::Missing(missing));
        }
    }
    sit_down(tx, held, user, had).await
}

/// True for those who never left and may go on. Who was sent out does not come back by leaving first, and who has completed
/// the course is told when their time is over, too.
fn may_return(tx: &Tx, row: &EnrollmentRow) -> Result<bool> {
    let is_over = row.expires_at.is_some_and(|end| end <= tx.now);
    match Standing::of(row, tx.now) {
        Standing::Active | Standing::Completed if !is_over => Ok(true),
        _ if row.suspended_at.is_some() => Err(ENROLLMENT_SUSPENDED.at("courseId").into()),
        Standing::Dropped if !is_over => Ok(false),
        _ => Err(ENROLLMENT_EXPIRED.at("courseId").into()),
    }
}

fn check_free(tx: &Tx, course: &Taught) -> Result<()> {
    let price = CourseRow::from(course.course.clone()).price_at(tx.now);
    if price > 0 { Err(ENROLLMENT_PAYMENT_REQUIRED.at("courseId").into()) } else { Ok(()) }
}

/// A seat that was kept for them, or a free one that nobody waits for; else a place in the list.
async fn sit_down(tx: &mut Tx, held: Taught, user: UserId, had: Option<enrollment::Model>) -> Result<Enrolled> {
    let seat = match waitlist::place_of(tx, &held, user).await? {
        Place::Offered(entry) => {
            waitlist::end(tx, entry, WaitlistOutcome::Enrolled).await?;
            Seat::Reserved
        }
        Place::Waiting(entry) => return Ok(Enrolled::Waiting(Box::new(entry.into()))),
        Place::BehindOthers => return wait(tx, &held, user).await,
        Place::Nowhere => Seat::Free,
    };
    let has_completed = had.as_ref().is_some_and(|had| had.completed_at.is_some());
    if !courses::take_seat(tx, held.id, seat, has_completed).await? {
        return wait(tx, &held, user).await;
    }
    let enrolled = match had {
        Some(had) => readmit(tx, had).await?,
        None => {
            let permit = allow::<Join, _>(&tx.viewer, tx.viewer.clone())?;
            let expires_at = usual_end(&held, tx.now);
            let terms = Terms { source: EnrollmentSource::SelfService, reference: None, expires_at };
            admit(tx, &permit, held.id, user, terms).await?
        }
    };
    let record = AuditRecord::new("enrollment.created", enrolled.id).with("courseId", enrolled.course_id.to_wire());
    tx.record(record.with("userId", enrolled.user_id.to_wire())).await?;
    Ok(Enrolled::In(Box::new(enrolled.into())))
}

async fn wait(tx: &mut Tx, held: &Taught, user: UserId) -> Result<Enrolled> {
    if !held.has_waitlist {
        return Err(ENROLLMENT_COURSE_FULL.at("courseId").into());
    }
    Ok(Enrolled::Waiting(Box::new(waitlist::add(tx, held, user).await?.into())))
}
