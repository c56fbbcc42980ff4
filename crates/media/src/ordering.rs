use std::collections::BTreeSet;

use courses::{bump, course_section};
use kernel::{AuditRecord, EntityId, Error, Live, MediaId, Result, SectionId, Tx, dialect};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QuerySelect, sea_query::Expr};

use crate::{
    media_file::{Column, Entity},
    rules::MEDIA_ORDER_INCOMPLETE,
};

/// Puts the files of a section in this order, all at once. The course is locked: nothing comes or goes meanwhile.
pub async fn reorder(tx: &mut Tx, section: SectionId, order: &[MediaId]) -> Result<()> {
    use course_section::Column as Section;
    let found = course_section::Entity::visible_to(&tx.viewer).filter(Section::Id.eq(section)).one(&tx.conn).await?;
    let course = found.ok_or(Error::NotFound)?.course_id;
    let permit = courses::edit(tx, course).await?;
    let of_section = Column::SectionId.eq(section);
    let files = Entity::live().filter(of_section.clone()).select_only().column(Column::Id);
    let files: Vec<MediaId> = files.into_tuple().all(&tx.conn).await?;
    let named: BTreeSet<_> = order.iter().collect();
    if named.len() != order.len() || named != files.iter().collect() {
        return Err(MEDIA_ORDER_INCOMPLETE.at("order").into());
    }
    let place = dialect::place_in(tx.backend(), (Entity, Column::Id), order);
    let version = Expr::col(Column::Version).add(1);
    tx.change_where::<_, _, Entity>(&permit, of_section, vec![(Column::OrderIndex, place), (Column::Version, version)])
        .await?;
    bump(tx, &permit, course).await?;
    let order: Vec<_> = order.iter().map(|file| file.to_wire()).collect();
    tx.record(AuditRecord::new("media.reordered", section).with("order", order)).await
}
