//! What every way into a course has in common. Whoever calls these holds the course already.

use chrono::{DateTime, Duration, Utc};
use courses::{CourseStatus, Taught, course, course_prerequisite, course_version};
use kernel::{CourseId, CourseVersionId, Live, Permit, Result, Tx, UserId, Viewer, allow};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Set};

use crate::{
    EnrollmentSource, EnrollmentStatus,
    enrollment::{ActiveModel, Column, Entity, Model},
    expiring::settle_at_the_end,
    policy::Join,
    progress::catch_up,
    rules::{ENROLLMENT_COURSE_CLOSED, ENROLLMENT_EXISTS, ENROLLMENT_OF_STAFF},
};

/// How somebody comes in.
pub struct Terms {
    pub source: EnrollmentSource,
    pub reference: Option<String>,
    /// None: for ever.
    pub expires_at: Option<DateTime<Utc>>,
}

/// The enrolment that this person has in the course, in whatever state.
pub async fn enrollment_of(tx: &Tx, user: UserId, course: CourseId) -> Result<Option<Model>> {
    let own = Entity::live().filter(Column::UserId.eq(user)).filter(Column::CourseId.eq(course));
    Ok(own.one(&tx.conn).await?)
}

/// Puts somebody in who never was. Their seat is taken already.
pub async fn admit<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    course: CourseId,
    user: UserId,
    terms: Terms,
) -> Result<Model> {
    let row = ActiveModel {
        id: Set(tx.new_id()?),
        user_id: Set(user),
        course_id: Set(course),
        course_version_id: Set(newest_version(tx, course).await?),
        enrolled_at: Set(tx.now),
        expires_at: Set(terms.expires_at),
        status: Set(EnrollmentStatus::Active),
        source: Set(terms.source),
        reference: Set(terms.reference),
        ..Default::default()
    };
    let enrolled = tx.insert_unless_taken(permit, row).await?;
    let enrolled = enrolled.ok_or(ENROLLMENT_EXISTS)?;
    settle_at_the_end(tx, &enrolled).await?;
    Ok(enrolled)
}

/// Lets somebody in again on the terms that they had: what they did is where they left it.
pub async fn readmit(tx: &mut Tx, had: Model) -> Result<Model> {
    let status = standing_after(&had);
    let permit = allow::<Join, _>(&tx.viewer, had)?;
    let back: Model = tx.update(permit, |row: &mut ActiveModel| row.status = Set(status)).await?;
    settle_at_the_end(tx, &back).await?;
    catch_up(tx, &back).await?;
    Ok(back)
}

/// Who has completed a course has completed it for good.
pub fn standing_after(had: &Model) -> EnrollmentStatus {
    if had.completed_at.is_some() { EnrollmentStatus::Completed } else { EnrollmentStatus::Active }
}

/// Until when one has the course that one gets now.
pub fn usual_end(course: &course::Model, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    course.access_days.map(|days| now + Duration::days(days.into()))
}

/// Only published courses are open to everybody; who enrols others may do so while a course is not shown.
pub fn check_open(course: &Taught, also_unpublished: bool) -> Result<()> {
    let is_open = match course.status {
        CourseStatus::Published => true,
        CourseStatus::Unpublished => also_unpublished,
        CourseStatus::Draft | CourseStatus::Archived => false,
    };
    if is_open { Ok(()) } else { Err(ENROLLMENT_COURSE_CLOSED.at("courseId").into()) }
}

/// They see all of it as it is, and would be learners of their own.
pub async fn check_not_staff(tx: &Tx, course: &Taught, user: UserId, field: &'static str) -> Result<()> {
    let works_there = match tx.viewer.id() {
        // Their role came with the course.
        Some(viewer) if viewer == user => course.instructor_id == user || course.role.is_some(),
        _ => courses::works_on(tx, course, user).await?,
    };
    if works_there { Err(ENROLLMENT_OF_STAFF.at(field).into()) } else { Ok(()) }
}

/// The courses that have to be completed first and are not, in the order of the course's list. One that the person can't
/// see can't be taken either, and is not asked for.
pub async fn missing_prerequisites(tx: &Tx, viewer: &Viewer, user: UserId, course: CourseId) -> Result<Vec<CourseId>> {
    use course_prerequisite::Column as Link;
    let completed = Entity::live().filter(Column::UserId.eq(user)).filter(Column::CompletedAt.is_not_null());
    let completed = completed.select_only().column(Column::CourseId).into_query();
    let required = course_prerequisite::Entity::visible_to(viewer)
        .filter(Link::CourseId.eq(course))
        .filter(course::Entity::names_visible(viewer, Link::PrerequisiteId))
        .filter(Link::PrerequisiteId.not_in_subquery(completed))
        .order_by_asc(Link::Order)
        .select_only()
        .column(Link::PrerequisiteId);
    Ok(required.into_tuple().all(&tx.conn).await?)
}

async fn newest_version(tx: &Tx, course: CourseId) -> Result<Option<CourseVersionId>> {
    use course_version::Column::{CourseId, Id, Number};
    let versions = course_version::Entity::live().filter(CourseId.eq(course)).order_by_desc(Number);
    Ok(versions.select_only().column(Id).limit(1).into_tuple().one(&tx.conn).await?)
}
