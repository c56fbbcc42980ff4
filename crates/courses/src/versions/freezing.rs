use kernel::{CourseId, CourseVersionId, Live, Result, Tx};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, Set};

use super::{Placed, Snapshot};
use crate::{
    course_section,
    course_version::{ActiveModel, Column, Entity, Model},
    taught::edit,
};

/// Keeps the course as it is now, with what the other contexts have in it. Nothing is kept when it is as it was at the
/// last time. The course is locked: the numbers follow each other. Answers the version that holds what there is.
pub async fn freeze(
    tx: &mut Tx,
    course: CourseId,
    files: Vec<Placed>,
    quizzes: Vec<Placed>,
) -> Result<CourseVersionId> {
    let permit = edit(tx, course).await?;
    let sections = sections(tx, course).await?;
    let snapshot = Snapshot { files, quizzes, ..Snapshot::of(&permit, sections) };
    let last = last(tx, course).await?;
    if let Some(last) = &last
        && Snapshot::read(&last.snapshot)? == snapshot
    {
        return Ok(last.id);
    }
    let version = ActiveModel {
        id: Set(tx.new_id()?),
        course_id: Set(course),
        number: Set(last.map_or(1, |last| last.number.saturating_add(1))),
        snapshot: Set(snapshot.column()?),
        ..Default::default()
    };
    Ok(tx.insert(&permit, version).await?.id)
}

async fn sections(tx: &Tx, course: CourseId) -> Result<Vec<course_section::Model>> {
    use course_section::Column::{CourseId, CreatedAt, Id, Order};
    let sections = course_section::Entity::live().filter(CourseId.eq(course));
    Ok(sections.order_by_asc(Order).order_by_asc(CreatedAt).order_by_asc(Id).all(&tx.conn).await?)
}

async fn last(tx: &Tx, course: CourseId) -> Result<Option<Model>> {
    let versions = Entity::live().filter(Column::CourseId.eq(course));
    Ok(versions.order_by_desc(Column::Number).one(&tx.conn).await?)
}
