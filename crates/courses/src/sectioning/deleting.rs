use kernel::{AuditRecord, Event, Result, SectionId, Tx};
use sea_orm::ColumnTrait;
use serde_json::Value;

use super::{bump, editing::find, keep_one_published, now};
use crate::{
    Edited,
    course_section::{Column, Entity},
    taught::edit,
};

/// Deletes a section. What stands in it stays in the course, see [`Event::SectionDeleted`]. The expected version is that
/// of the course.
pub async fn delete_section(tx: &mut Tx, section: SectionId, expected: Option<i32>, force: bool) -> Result<Edited> {
    let course = find(tx, section).await?.course_id;
    let permit = edit(tx, course).await?;
    let before = find(tx, section).await?;
    if expected.is_some_and(|expected| expected != permit.version) {
        return Ok(Edited::Stale(now(tx, course).await?));
    }
    tx.delete_where::<_, _, Entity>(&permit, Column::Id.eq(section)).await?;
    keep_one_published(tx, &permit, "id").await?;
    bump(tx, &permit, course).await?;
    tx.emit(Event::SectionDeleted { course, section, force });
    tx.record(AuditRecord::new("section.deleted", section).change("title", before.title, Value::Null)).await?;
    Ok(Edited::Done(now(tx, course).await?))
}
