//! Enrolling others: a shop after payment, a school its class.

use chrono::{DateTime, Datelike, Utc};
use courses::{Seat, Taught};
use kernel::{AuditRecord, CourseId, EntityId, Live, Permit, Result, Tx, UserId, allow};
use sea_orm::{ActiveEnum, ColumnTrait, QueryFilter, Set};

use crate::{
    EnrollmentRow, EnrollmentSource, EnrollmentStatus, Named, WaitlistOutcome,
    admitting::{Terms, admit, check_not_staff, check_open, enrollment_of, standing_after, usual_end},
    enrollment, enrollment_grant,
    expiring::settle_at_the_end,
    policy::{Enrol, Overseen},
    progress::catch_up,
    rules::{
        ENROLLMENT_COURSE_FULL, ENROLLMENT_EXPIRY_NOT_AHEAD, ENROLLMENT_PERSON_NOT_ACTIVE,
        ENROLLMENT_REFERENCE_INVALID, ENROLLMENT_REFERENCE_TAKEN, ENROLLMENT_SUSPENDED,
    },
    waitlist::{self, Place},
};

/// Who gets the course, and on which terms.
#[derive(Clone, Debug)]
pub struct Grant {
    pub user: UserId,
    /// Not by oneself.
    pub source: EnrollmentSource,
    /// An order: it is honoured once.
    pub reference: Option<String>,
    /// `None`: for as long as the course is usually given; `Some(None)`: for ever.
    pub expires_at: Option<Option<DateTime<Utc>>>,
    pub over_capacity: bool,
}

const LONGEST_REFERENCE: usize = 200;

/// Gives somebody the course, whatever it costs and asks for. The same reference again answers with what it was good for.
pub async fn grant(
    tx: &mut Tx,
    course: CourseId,
    who: &Named,
    to: impl FnOnce(UserId) -> Grant,
) -> Result<EnrollmentRow> {
    let permit = allow::<Enrol, _>(&tx.viewer, courses::hold(tx, course).await?)?;
    // Whose time is over has no seat any more, whether or not a job has been there.
    waitlist::settle(tx, &permit).await?;
    let grant = to(who.person(tx).await?);
    who.told(give(tx, &permit, grant).await)
}

/// The same for one who holds the course and may, and has settled it.
pub(crate) async fn give(tx: &mut Tx, permit: &Permit<Enrol, Taught>, mut grant: Grant) -> Result<EnrollmentRow> {
    check_open(permit, true)?;
    grant.reference = grant.reference.map(|reference| reference.trim().to_string());
    if let Some(reference) = &grant.reference
        && let Some(honoured) = honoured(tx, permit.id, reference, grant.user).await?
    {
        return Ok(honoured.into());
    }
    check_terms(tx, &grant)?;
    if !accounts::stays_active(tx, grant.user).await? {
        return Err(ENROLLMENT_PERSON_NOT_ACTIVE.at("userId").into());
    }
    check_not_staff(tx, permit, grant.user, "userId").await?;
    let had = enrollment_of(tx, grant.user, permit.id).await?;
    if had.as_ref().is_some_and(|had| had.suspended_at.is_some()) {
        return Err(ENROLLMENT_SUSPENDED.at("userId").into());
    }
    seat(tx, permit, &grant, had.as_ref()).await?;
    let enrolled = write(tx, permit, &grant, had).await?;
    note(tx, permit, &grant, &enrolled).await?;
    Ok(enrolled.into())
}

fn check_terms(tx: &Tx, grant: &Grant) -> Result<()> {
    let length = grant.reference.as_ref().map(|reference| reference.chars().count());
    if length.is_some_and(|length| length == 0 || length > LONGEST_REFERENCE) {
        return Err(ENROLLMENT_REFERENCE_INVALID.at("reference").into());
    }
    check_ahead(tx, grant.expires_at.flatten())
}

/// What no database can hold is no time either.
pub(crate) fn check_ahead(tx: &Tx, expires_at: Option<DateTime<Utc>>) -> Result<()> {
    let is_ahead = expires_at.is_none_or(|end| end > tx.now && end.year() <= 9999);
    if is_ahead { Ok(()) } else { Err(ENROLLMENT_EXPIRY_NOT_AHEAD.at("expiresAt").into()) }
}

/// The enrolment that the reference was good for, however it stands by now.
async fn honoured(tx: &Tx, course: CourseId, reference: &str, user: UserId) -> Result<Option<enrollment::Model>> {
    use enrollment_grant::Column::{CourseId, Reference};
    let given = enrollment_grant::Entity::live().filter(CourseId.eq(course)).filter(Reference.eq(reference));
    match given.one(&tx.conn).await? {
        Some(given) if given.user_id == user => enrollment_of(tx, user, course).await,
        Some(_) => Err(ENROLLMENT_REFERENCE_TAKEN.at("reference").into()),
        None => Ok(None),
    }
}

/// Takes a seat for who has none. Nobody overtakes those who wait, but by an extra seat.
async fn seat(
    tx: &mut Tx,
    permit: &Permit<Enrol, Taught>,
    grant: &Grant,
    had: Option<&enrollment::Model>,
) -> Result<()> {
    let sits = had.is_some_and(|had| matches!(had.status, EnrollmentStatus::Active | EnrollmentStatus::Completed));
    if sits {
        return Ok(());
    }
    let full = || ENROLLMENT_COURSE_FULL.at("courseId");
    let seat = match waitlist::place_of(tx, permit, grant.user).await? {
        Place::Offered(entry) => {
            waitlist::end(tx, entry, WaitlistOutcome::Enrolled).await?;
            Seat::Reserved
        }
        Place::Waiting(entry) if grant.over_capacity => {
            waitlist::end(tx, entry, WaitlistOutcome::Enrolled).await?;
            Seat::Extra
        }
        Place::Waiting(_) => return Err(full().into()),
        Place::BehindOthers | Place::Nowhere if grant.over_capacity => Seat::Extra,
        Place::BehindOthers => return Err(full().into()),
        Place::Nowhere => Seat::Free,
    };
    let has_completed = had.is_some_and(|had| had.completed_at.is_some());
    if courses::take_seat(tx, permit.id, seat, has_completed).await? { Ok(()) } else { Err(full().into()) }
}

/// A grant takes nothing away: of two ends the later one holds while the first has not come.
async fn write(
    tx: &mut Tx,
    permit: &Permit<Enrol, Taught>,
    grant: &Grant,
    had: Option<enrollment::Model>,
) -> Result<enrollment::Model> {
    let given = grant.expires_at.unwrap_or_else(|| usual_end(permit, tx.now));
    let Some(had) = had else {
        let terms = Terms { source: grant.source, reference: grant.reference.clone(), expires_at: given };
        return admit(tx, permit, permit.id, grant.user, terms).await;
    };
    let goes_on = matches!(had.status, EnrollmentStatus::Active | EnrollmentStatus::Completed)
        && had.expires_at.is_none_or(|end| end > tx.now);
    let expires_at = if goes_on { later(had.expires_at, given) } else { given };
    let (status, (source, reference)) = (standing_after(&had), origin(&had, grant));
    let overseen = Overseen { enrollment: had, taught: (**permit).clone() };
    let permit = allow::<Enrol, _>(&tx.viewer, overseen)?;
    let change = |row: &mut enrollment::ActiveModel| {
        row.status = Set(status);
        row.source = Set(source);
        row.reference = Set(reference);
        row.expires_at = Set(expires_at);
    };
    let after: enrollment::Model = tx.update(permit, change).await?;
    settle_at_the_end(tx, &after).await?;
    catch_up(tx, &after).await?;
    Ok(after)
}

/// What was bought stays bought, by that order, whatever is given on top of it. All that was ever given is in
/// `enrollment_grants`.
fn origin(had: &enrollment::Model, grant: &Grant) -> (EnrollmentSource, Option<String>) {
    let (old, new) = (had.reference.clone(), grant.reference.clone());
    if had.source == EnrollmentSource::Purchase && grant.source != EnrollmentSource::Purchase {
        return (EnrollmentSource::Purchase, old.or(new));
    }
    (grant.source, new.or(old))
}

fn later(one: Option<DateTime<Utc>>, other: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    one.zip(other).map(|(one, other)| Ord::max(one, other))
}

async fn note(tx: &mut Tx, permit: &Permit<Enrol, Taught>, grant: &Grant, enrolled: &enrollment::Model) -> Result<()> {
    let row = enrollment_grant::ActiveModel {
        id: Set(tx.new_id()?),
        enrollment_id: Set(enrolled.id),
        user_id: Set(grant.user),
        course_id: Set(permit.id),
        source: Set(grant.source),
        reference: Set(grant.reference.clone()),
        expires_at: Set(enrolled.expires_at),
        ..Default::default()
    };
    if tx.insert_unless_taken(permit, row).await?.is_none() {
        return Err(ENROLLMENT_REFERENCE_TAKEN.at("reference").into());
    }
    let record = AuditRecord::new("enrollment.granted", enrolled.id)
        .with("courseId", permit.id.to_wire())
        .with("userId", grant.user.to_wire())
        .with("source", grant.source.to_value())
        .with("reference", grant.reference.clone())
        .with("expiresAt", enrolled.expires_at.map(|end| end.to_rfc3339()));
    tx.record(record).await
}
