use kernel::{Error, Event, Permit, Result, Tx};
use sea_orm::Set;

use crate::{
    CourseRow, CourseStatus, Edited, Target, course,
    policy::Edit,
    readiness::{blockers, out_of_reach},
    taught::{Taught, edit},
    trail::changes,
};

/// Lets everybody find the course, when it is ready.
pub async fn publish(tx: &mut Tx, target: Target) -> Result<Edited> {
    let permit = edit(tx, target.course).await?;
    if is_stale(&permit, target) {
        return Ok(Edited::Stale(permit.into_row().course.into()));
    }
    let blockers = blockers(&tx.conn, &permit).await?;
    if !blockers.is_empty() {
        return Err(Error::Broken(blockers));
    }
    let course = set_status(tx, permit, CourseStatus::Published, "course.published").await?;
    tx.emit(Event::CoursePublished { course: course.id, by: tx.viewer.actor() });
    Ok(Edited::Done(course))
}

/// Takes the course out of the catalogue. Who is enrolled stays enrolled, and goes on reading it.
pub async fn unpublish(tx: &mut Tx, target: Target) -> Result<Edited> {
    leave(tx, target, CourseStatus::Unpublished, "course.unpublished").await
}

/// Takes the course out of the catalogue for good. Who is enrolled goes on reading it.
pub async fn archive(tx: &mut Tx, target: Target) -> Result<Edited> {
    leave(tx, target, CourseStatus::Archived, "course.archived").await
}

async fn leave(tx: &mut Tx, target: Target, status: CourseStatus, action: &'static str) -> Result<Edited> {
    let permit = edit(tx, target.course).await?;
    if is_stale(&permit, target) {
        return Ok(Edited::Stale(permit.into_row().course.into()));
    }
    Ok(Edited::Done(set_status(tx, permit, status, action).await?))
}

/// Has somebody changed the course since the author saw it?
pub(crate) fn is_stale(course: &course::Model, target: Target) -> bool {
    target.expected_version.is_some_and(|expected| expected != course.version)
}

async fn set_status(
    tx: &mut Tx,
    permit: Permit<Edit, Taught>,
    status: CourseStatus,
    action: &'static str,
) -> Result<CourseRow> {
    if !permit.status.may_become(status) {
        return Err(out_of_reach(permit.status, status).into());
    }
    let before = permit.course.clone();
    let (now, version, first) = (tx.now, permit.version + 1, permit.published_at);
    let course = tx
        .update(permit, |row: &mut course::ActiveModel| {
            row.status = Set(status);
            row.version = Set(version);
            if status == CourseStatus::Published {
                row.published_at = Set(first.or(Some(now)));
            }
        })
        .await?;
    tx.record(changes(action, &before, &course)).await?;
    Ok(course.into())
}
