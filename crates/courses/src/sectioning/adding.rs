use kernel::{AuditRecord, CourseId, EntityId, Live, Result, Tx};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, Set};

use super::{bump, check_title};
use crate::{
    SectionRow,
    course_section::{ActiveModel, Column, Entity},
    rules::COURSE_TOO_MANY_SECTIONS,
    taught::edit,
};

/// A section to be.
#[derive(Clone, Debug)]
pub struct NewSection {
    pub course: CourseId,
    pub title: String,
    pub description: String,
    pub is_published: bool,
    pub is_preview: bool,
}

/// They are one list, read and put in order at once.
pub(crate) const MOST_SECTIONS: usize = 500;

/// Adds a section at the end of the course. The course is locked, so that two at once do not get one place.
pub async fn add_section(tx: &mut Tx, new: NewSection) -> Result<SectionRow> {
    let permit = edit(tx, new.course).await?;
    let title = new.title.trim();
    check_title(title)?;
    let sections = Entity::live().filter(Column::CourseId.eq(new.course));
    if sections.clone().count(&tx.conn).await? >= MOST_SECTIONS as u64 {
        return Err(COURSE_TOO_MANY_SECTIONS.at("courseId").into());
    }
    let last = sections.order_by_desc(Column::Order).one(&tx.conn).await?;
    let section = ActiveModel {
        id: Set(tx.new_id()?),
        course_id: Set(new.course),
        title: Set(title.into()),
        description: Set(new.description),
        order: Set(last.map_or(0, |last| last.order.saturating_add(1))),
        is_published: Set(new.is_published),
        is_preview: Set(new.is_preview),
        ..Default::default()
    };
    let section = tx.insert(&permit, section).await?;
    bump(tx, &permit, new.course).await?;
    let said = (!section.description.is_empty()).then(|| section.description.clone());
    let record = AuditRecord::new("section.created", section.id)
        .with("courseId", new.course.to_wire())
        .with("title", &*section.title)
        .with("description", said)
        .with("order", section.order)
        .with("isPublished", section.is_published)
        .with("isPreview", section.is_preview);
    tx.record(record).await?;
    Ok(section.into())
}
