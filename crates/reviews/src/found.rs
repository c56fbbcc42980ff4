//! A review as it is when something is done to it. Every change of a review, and of what hangs on it, begins here and locks
//! the review. What moves the numbers of the course locks that before: so all wait in the same order, and nobody who changes
//! the course waits for them while they wait for the course.

use courses::course;
use kernel::{CourseId, Error, Live, Result, ReviewId, Tx};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QuerySelect, Select, sea_query::LockType};

use crate::review::{Column, Entity, Model};

/// The review as the viewer may see it, locked until the transaction ends.
pub(crate) async fn found(tx: &Tx, review: ReviewId) -> Result<Model> {
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(review)).lock_exclusive();
    found.one(&tx.conn).await?.ok_or(Error::NotFound)
}

/// As [`found`], for what moves the numbers of the course.
pub(crate) async fn found_to_count(tx: &Tx, review: ReviewId) -> Result<Model> {
    let there = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(review)).one(&tx.conn).await?;
    let course = there.ok_or(Error::NotFound)?.course_id;
    counted(course::Entity::live().filter(course::Column::Id.eq(course))).one(&tx.conn).await?;
    found(tx, review).await
}

/// The course, locked as its counters need it: who reads it, or enrols, does not wait.
pub(crate) fn counted(course: Select<course::Entity>) -> Select<course::Entity> {
    course.lock(LockType::NoKeyUpdate)
}

/// Does the viewer own the course, or are they on its staff?
pub(crate) async fn works_on(tx: &Tx, course: CourseId) -> Result<bool> {
    match tx.viewer.id() {
        Some(user) => is_among(tx, course::Entity::staffed_by(user), course).await,
        None => Ok(false),
    }
}

/// Does the viewer see everything of the course: who works on it, and those who manage all courses?
pub(crate) async fn teaches(tx: &Tx, course: CourseId) -> Result<bool> {
    is_among(tx, course::Entity::taught_by(&tx.viewer), course).await
}

async fn is_among(tx: &Tx, courses: Select<course::Entity>, course: CourseId) -> Result<bool> {
    Ok(courses.filter(course::Column::Id.eq(course)).count(&tx.conn).await? > 0)
}
