use courses::{course_section, edit};
use kernel::{CourseId, CourseVersionId, Live, Result, Tx};
use media::media_file;
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationDef, Set};

use super::items::{timed, weight};
use crate::course_version_item::ActiveModel;

/// Keeps what a version of a course asks for: the files of its published sections, in order. A version that holds what was
/// there before is asked for the same.
pub async fn freeze_items(tx: &mut Tx, course: CourseId, version: CourseVersionId) -> Result<()> {
    use course_section::Column as Section;
    use media_file::Column::{CourseId, CreatedAt, Id, OrderIndex};
    let permit = edit(tx, course).await?;
    let files = media_file::Entity::live()
        .join(JoinType::InnerJoin, section())
        .filter(CourseId.eq(course))
        .filter(Section::IsPublished.eq(true))
        .filter(Section::IsDeleted.eq(false))
        .order_by_asc(Section::Order)
        .order_by_asc(Section::CreatedAt)
        .order_by_asc(Section::Id)
        .order_by_asc(OrderIndex)
        .order_by_asc(CreatedAt)
        .order_by_asc(Id)
        .all(&tx.conn)
        .await?;
    let items = (0..).zip(files).map(|(position, file)| ActiveModel {
        course_version_id: Set(version),
        position: Set(position),
        section_id: Set(file.section_id),
        media_id: Set(Some(file.id)),
        quiz_id: Set(None),
        weight: Set(weight(timed(file.file_type, file.duration))),
        is_required: Set(true),
    });
    tx.link(&permit, items.collect()).await
}

fn section() -> RelationDef {
    media_file::Entity::belongs_to(course_section::Entity)
        .from(media_file::Column::SectionId)
        .to(course_section::Column::Id)
        .into()
}
