use kernel::{Check, CourseId, Result, Tx};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, Set};

use crate::{
    SectionRow,
    course_section::{ActiveModel, Column, Entity},
    rules::{SECTION_TITLE_REQUIRED, SECTION_TITLE_TOO_LONG},
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

/// Adds a section at the end of the course. The course is locked, so that two at once do not get one place.
pub async fn add_section(tx: &mut Tx, new: NewSection) -> Result<SectionRow> {
    let permit = edit(tx, new.course).await?;
    let title = new.title.trim();
    let mut check = Check::new();
    check.require(!title.is_empty(), SECTION_TITLE_REQUIRED.at("title"));
    check.require(title.chars().count() <= 255, SECTION_TITLE_TOO_LONG.at("title"));
    check.done()?;
    let last = Entity::visible_to(&tx.viewer)
        .filter(Column::CourseId.eq(new.course))
        .order_by_desc(Column::Order)
        .one(&tx.conn)
        .await?;
    let section = ActiveModel {
        id: Set(tx.new_id()?),
        course_id: Set(new.course),
        title: Set(title.into()),
        description: Set(new.description),
        order: Set(last.map_or(0, |last| last.order + 1)),
        is_published: Set(new.is_published),
        is_preview: Set(new.is_preview),
        ..Default::default()
    };
    Ok(tx.insert(&permit, section).await?.into())
}
