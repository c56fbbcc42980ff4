use kernel::{Check, CourseId, Event, Permit, Result, Tx};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, Set};

use crate::{
    CourseRow, CourseStatus, course, course_section,
    policy::Edit,
    rules::{COURSE_NEEDS_DESCRIPTION, COURSE_NEEDS_SECTION, COURSE_TRANSITION_INVALID},
    taught::{Taught, edit},
    trail::changes,
};

/// Lets everybody find the course, when it is ready.
pub async fn publish(tx: &mut Tx, id: CourseId) -> Result<CourseRow> {
    let permit = edit(tx, id).await?;
    check_ready(tx, &permit).await?;
    let course = set_status(tx, permit, CourseStatus::Published, "course.published").await?;
    tx.emit(Event::CoursePublished { course: id, by: tx.viewer.actor() });
    Ok(course)
}

/// Takes the course out of the catalogue. Who is enrolled stays enrolled.
pub async fn unpublish(tx: &mut Tx, id: CourseId) -> Result<CourseRow> {
    let permit = edit(tx, id).await?;
    set_status(tx, permit, CourseStatus::Unpublished, "course.unpublished").await
}

async fn check_ready(tx: &Tx, course: &course::Model) -> Result<()> {
    use course_section::Column::{CourseId, IsPublished};
    let sections =
        course_section::Entity::visible_to(&tx.viewer).filter(CourseId.eq(course.id)).filter(IsPublished.eq(true));
    let sections = sections.count(&tx.conn).await?;
    let mut check = Check::new();
    check.require(!course.description.trim().is_empty(), COURSE_NEEDS_DESCRIPTION.at("id"));
    check.require(sections > 0, COURSE_NEEDS_SECTION.at("id"));
    check.done()
}

async fn set_status(
    tx: &mut Tx,
    permit: Permit<Edit, Taught>,
    status: CourseStatus,
    action: &'static str,
) -> Result<CourseRow> {
    if !permit.status.may_become(status) {
        return Err(COURSE_TRANSITION_INVALID.at("id").into());
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
