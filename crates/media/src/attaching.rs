use courses::{bump, course_section};
use kernel::{AuditRecord, CourseId, EntityId, Error, Event, Live, MediaId, Result, SectionId, Tx};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, Set};
use serde_json::Value;

use crate::{
    MediaRow,
    keeping::{keep, look},
    media_file::{ActiveModel, Column, Entity, Model},
    rules::{MEDIA_ATTACHED_ELSEWHERE, MEDIA_NOT_ATTACHED, MEDIA_SECTION_ELSEWHERE},
};

/// Puts a file at the end of a section, or of what belongs to the course as a whole. Within its course it may move.
pub async fn attach(tx: &mut Tx, file: MediaId, course: CourseId, section: Option<SectionId>) -> Result<MediaRow> {
    // The course first, as everywhere: two who wait for each other would wait for ever.
    let teacher = courses::edit(tx, course).await?;
    let permit = keep(tx, file).await?;
    if permit.course_id.is_some_and(|other| other != course) {
        return Err(MEDIA_ATTACHED_ELSEWHERE.at("mediaId").into());
    }
    if let Some(section) = section {
        check_section(tx, course, section).await?;
    }
    let before = permit.file.clone();
    if (before.course_id, before.section_id) == (Some(course), section) {
        return Ok(before.into());
    }
    let place = last_place(tx, course, section).await?.map_or(0, |last| last.saturating_add(1));
    let version = permit.version + 1;
    let after = tx
        .update(permit, |row: &mut ActiveModel| {
            row.course_id = Set(Some(course));
            row.section_id = Set(section);
            row.order_index = Set(place);
            row.version = Set(version);
        })
        .await?;
    bump(tx, &teacher, course).await?;
    if before.course_id.is_some() {
        tx.emit(Event::CourseAsksLess { course });
    }
    tx.record(moved("media.attached", &before, &after)).await?;
    Ok(after.into())
}

/// Takes a file out of its course. It is its uploader's own again.
pub async fn detach(tx: &mut Tx, file: MediaId) -> Result<MediaRow> {
    let course = look(tx, file).await?.course_id.ok_or(MEDIA_NOT_ATTACHED.at("mediaId"))?;
    let teacher = courses::edit(tx, course).await?;
    let permit = keep(tx, file).await?;
    // Somebody else may have moved it while the course was waited for.
    if permit.course_id != Some(course) {
        return Err(MEDIA_NOT_ATTACHED.at("mediaId").into());
    }
    let (before, version) = (permit.file.clone(), permit.version + 1);
    let after = tx
        .update(permit, |row: &mut ActiveModel| {
            row.course_id = Set(None);
            row.section_id = Set(None);
            row.order_index = Set(0);
            row.version = Set(version);
        })
        .await?;
    bump(tx, &teacher, course).await?;
    tx.emit(Event::CourseAsksLess { course });
    tx.record(moved("media.detached", &before, &after)).await?;
    Ok(after.into())
}

async fn check_section(tx: &Tx, course: CourseId, section: SectionId) -> Result<()> {
    use course_section::{Column, Entity};
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(section)).one(&tx.conn).await?;
    match found.ok_or(Error::NotFound)?.course_id == course {
        true => Ok(()),
        false => Err(MEDIA_SECTION_ELSEWHERE.at("sectionId").into()),
    }
}

/// The course is locked, so that two at once do not get one place.
async fn last_place(tx: &Tx, course: CourseId, section: Option<SectionId>) -> Result<Option<i32>> {
    let beside = match section {
        Some(section) => Column::SectionId.eq(section),
        None => Column::SectionId.is_null(),
    };
    let last = Entity::live().filter(Column::CourseId.eq(course)).filter(beside).order_by_desc(Column::OrderIndex);
    Ok(last.one(&tx.conn).await?.map(|last| last.order_index))
}

fn moved(action: &'static str, before: &Model, after: &Model) -> AuditRecord {
    fn wire(id: Option<impl EntityId>) -> Value {
        id.map_or(Value::Null, |id| id.to_wire().into())
    }
    AuditRecord::new(action, after.id).change("courseId", wire(before.course_id), wire(after.course_id)).change(
        "sectionId",
        wire(before.section_id),
        wire(after.section_id),
    )
}
