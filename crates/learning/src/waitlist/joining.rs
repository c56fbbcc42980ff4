//! Coming onto the list, and going off it.

use chrono::Duration;
use courses::Taught;
use kernel::{CourseId, Error, Live, Result, Tx, UserId, allow};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use super::{Place, WaitlistRow, end, offering::told, open, open_entry, place_of, settle};
use crate::{
    Standing, WaitlistOutcome,
    admitting::{check_not_staff, check_open, enrollment_of, missing_prerequisites},
    policy::{Join, Leave},
    rules::{
        ENROLLMENT_EXISTS, ENROLLMENT_EXPIRED, ENROLLMENT_SUSPENDED, WAITLIST_NONE, WAITLIST_NOT_NEEDED,
        WAITLIST_NOT_ON_IT,
    },
    waitlist_entry::{ActiveModel, Column, Entity, Model},
};

/// What came of it.
#[derive(Debug)]
pub enum Joined {
    On(WaitlistRow),
    /// These have to be completed first.
    Missing(Vec<CourseId>),
}

/// Puts the viewer at the end of the list, whatever the course costs. Who is on it keeps their place.
pub async fn join(tx: &mut Tx, course: CourseId) -> Result<Joined> {
    let user = tx.viewer.person()?;
    let held = courses::hold(tx, course).await?;
    check_open(&held, false)?;
    check_not_staff(tx, &held, user, "courseId").await?;
    check_outside(tx, user, course).await?;
    let place = place_of(tx, &held, user).await?;
    if let Place::Offered(entry) | Place::Waiting(entry) = place {
        return Ok(Joined::On(entry.into()));
    }
    if !held.has_waitlist {
        return Err(WAITLIST_NONE.at("courseId").into());
    }
    let missing = missing_prerequisites(tx, &tx.viewer, user, course).await?;
    if !missing.is_empty() {
        return Ok(Joined::Missing(missing));
    }
    if matches!(place, Place::Nowhere) && has_room(tx, course).await? {
        return Err(WAITLIST_NOT_NEEDED.at("courseId").into());
    }
    Ok(Joined::On(add(tx, &held, user).await?.into()))
}

async fn check_outside(tx: &Tx, user: UserId, course: CourseId) -> Result<()> {
    let Some(had) = enrollment_of(tx, user, course).await? else {
        return Ok(());
    };
    let row = had.into();
    match Standing::of(&row, tx.now) {
        Standing::Active | Standing::Completed if row.is_entitled(tx.now) => {
            Err(ENROLLMENT_EXISTS.at("courseId").into())
        }
        _ if row.suspended_at.is_some() => Err(ENROLLMENT_SUSPENDED.at("courseId").into()),
        Standing::Dropped if row.expires_at.is_none_or(|end| end > tx.now) => Ok(()),
        _ => Err(ENROLLMENT_EXPIRED.at("courseId").into()),
    }
}

/// Looked at anew: a lapsed offer may just have left a seat.
async fn has_room(tx: &Tx, course: CourseId) -> Result<bool> {
    let held = courses::hold(tx, course).await?;
    let course = courses::CourseRow::from(held.course);
    Ok(course.seats_left().is_none_or(|seats| seats > 0))
}

/// At the end of the list: later than everybody on it, though the clock may say otherwise for those who come at once.
pub async fn add(tx: &mut Tx, held: &Taught, user: UserId) -> Result<Model> {
    let permit = allow::<Join, _>(&tx.viewer, tx.viewer.clone())?;
    let last = open(held.id).order_by_desc(Column::JoinedAt).limit(1).one(&tx.conn).await?;
    let after_last = last.map_or(tx.now, |last| last.joined_at + Duration::microseconds(1));
    let row = ActiveModel {
        id: Set(tx.new_id()?),
        user_id: Set(user),
        course_id: Set(held.id),
        joined_at: Set(Ord::max(tx.now, after_last)),
        ..Default::default()
    };
    let entry = tx.insert_unless_taken(&permit, row).await?.ok_or_else(|| ENROLLMENT_EXISTS.at("courseId"))?;
    tx.record(told("waitlist.joined", &entry)).await?;
    Ok(entry)
}

/// Takes the viewer off the list. A seat that was kept for them goes to the next.
pub async fn leave(tx: &mut Tx, course: CourseId) -> Result<WaitlistRow> {
    let user = tx.viewer.person()?;
    let held = courses::hold(tx, course).await?;
    let own = open_entry(tx, course, user).await?.ok_or_else(|| WAITLIST_NOT_ON_IT.at("courseId"))?;
    let own = allow::<Leave, _>(&tx.viewer, own)?.into_row();
    Ok(step_out(tx, &held, own).await?.into())
}

/// Takes somebody who has gone for good off all lists. One course after the other in the order of their ids, so that two
/// who do this do not wait for each other.
pub(crate) async fn leave_all(tx: &mut Tx, user: UserId) -> Result<()> {
    let waits = Entity::live().filter(Column::UserId.eq(user)).filter(Column::EndedAt.is_null());
    for entry in waits.order_by_asc(Column::CourseId).all(&tx.conn).await? {
        match courses::hold(tx, entry.course_id).await {
            Ok(held) => {
                if let Some(entry) = open_entry(tx, held.id, user).await? {
                    step_out(tx, &held, entry).await?;
                }
            }
            // Nobody is offered a seat in a course that is gone.
            Err(Error::NotFound) => {
                end(tx, entry, WaitlistOutcome::Left).await?;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn step_out(tx: &mut Tx, held: &Taught, entry: Model) -> Result<Model> {
    let left = end(tx, entry, WaitlistOutcome::Left).await?;
    tx.record(told("waitlist.left", &left)).await?;
    if left.offered_at.is_some() {
        courses::free_reserved_seats(tx, held.id, 1).await?;
    }
    settle(tx, held).await?;
    Ok(left)
}
