//! A course and what the viewer is in it: where every change of a course begins.

use std::ops::Deref;

use kernel::{CourseId, Error, Live, Permission, Permit, Policy, Result, Tx, UserId, Viewer, allow};
use sea_orm::{ColumnTrait, ConnectionTrait, IntoActiveModel, QueryFilter, QuerySelect, sea_query::LockType};

use crate::{
    StaffRole, course, course_staff,
    policy::{Edit, Own},
};

/// A course, and the viewer's role on its staff.
#[derive(Clone)]
pub struct Taught {
    pub course: course::Model,
    pub role: Option<StaffRole>,
}

/// Somebody on the staff of a course that the viewer sees.
pub struct Member {
    pub taught: Taught,
    pub staff: course_staff::Model,
}

/// The right to change the course and what is in it. It is locked until the transaction ends: what is decided on it stays
/// true.
pub async fn edit(tx: &Tx, course: CourseId) -> Result<Permit<Edit, Taught>> {
    permitted(tx, course).await
}

/// The right to say whose the course is, who works on it and whether it stays. It is locked until the transaction ends.
pub async fn own(tx: &Tx, course: CourseId) -> Result<Permit<Own, Taught>> {
    permitted(tx, course).await
}

/// May the viewer change the course at this moment? For what hangs on a course that is not locked.
pub async fn edits(tx: &Tx, course: CourseId) -> Result<bool> {
    let found = course::Entity::taught_by(&tx.viewer).filter(course::Column::Id.eq(course)).one(&tx.conn).await?;
    match found {
        Some(course) => Ok(Policy::<Edit>::permits(&with_role(&tx.conn, &tx.viewer, course).await?, &tx.viewer)),
        None => Ok(false),
    }
}

/// The course as the viewer may see it, locked until the transaction ends.
pub(crate) async fn taught(tx: &Tx, course: CourseId) -> Result<Taught> {
    let found = course::Entity::visible_to(&tx.viewer).filter(course::Column::Id.eq(course)).lock_exclusive();
    with_role(&tx.conn, &tx.viewer, found.one(&tx.conn).await?.ok_or(Error::NotFound)?).await
}

/// The course, held until the transaction ends: whoever moves its seats does this before anything else, so that they come
/// one after the other. Those who enrol people everywhere find every course. Not an exclusive lock: rows that only name
/// the course need not wait.
pub async fn hold(tx: &Tx, course: CourseId) -> Result<Taught> {
    let everywhere = tx.viewer.has(Permission::EnrollmentsManage);
    let seen = if everywhere { course::Entity::live() } else { course::Entity::visible_to(&tx.viewer) };
    let found = seen.filter(course::Column::Id.eq(course)).lock(LockType::NoKeyUpdate);
    with_role(&tx.conn, &tx.viewer, found.one(&tx.conn).await?.ok_or(Error::NotFound)?).await
}

/// As [`hold`], for those who have a past in the course: nobody has to see it in the catalogue to come back to it.
pub async fn hold_unseen(tx: &Tx, course: CourseId) -> Result<Taught> {
    let found = course::Entity::live().filter(course::Column::Id.eq(course)).lock(LockType::NoKeyUpdate);
    with_role(&tx.conn, &tx.viewer, found.one(&tx.conn).await?.ok_or(Error::NotFound)?).await
}

/// The course as the viewer may see it at this moment: for what is only read.
pub async fn look(db: &impl ConnectionTrait, viewer: &Viewer, course: CourseId) -> Result<Taught> {
    let found = course::Entity::visible_to(viewer).filter(course::Column::Id.eq(course));
    with_role(db, viewer, found.one(db).await?.ok_or(Error::NotFound)?).await
}

/// This person's place on the staff of a course that is locked.
pub(crate) async fn place_of(
    db: &impl ConnectionTrait,
    course: CourseId,
    user: UserId,
) -> Result<Option<course_staff::Model>> {
    use course_staff::Column::{CourseId, UserId};
    let found = course_staff::Entity::live().filter(CourseId.eq(course)).filter(UserId.eq(user));
    Ok(found.one(db).await?)
}

/// Does this person own the course or work on it?
pub async fn works_on(tx: &Tx, course: &course::Model, user: UserId) -> Result<bool> {
    Ok(course.instructor_id == user || place_of(&tx.conn, course.id, user).await?.is_some())
}

async fn permitted<A>(tx: &Tx, course: CourseId) -> Result<Permit<A, Taught>>
where
    Taught: Policy<A>,
{
    allow::<A, _>(&tx.viewer, taught(tx, course).await?)
}

/// The role is read when the course is locked: who was taken off the staff meanwhile is off it.
async fn with_role(db: &impl ConnectionTrait, viewer: &Viewer, course: course::Model) -> Result<Taught> {
    let place = match viewer.id() {
        Some(user) => place_of(db, course.id, user).await?,
        None => None,
    };
    Ok(Taught { course, role: place.map(|place| place.role) })
}

impl Deref for Taught {
    type Target = course::Model;

    fn deref(&self) -> &course::Model {
        &self.course
    }
}

impl IntoActiveModel<course::ActiveModel> for Taught {
    fn into_active_model(self) -> course::ActiveModel {
        self.course.into_active_model()
    }
}

impl IntoActiveModel<course_staff::ActiveModel> for Member {
    fn into_active_model(self) -> course_staff::ActiveModel {
        self.staff.into_active_model()
    }
}
