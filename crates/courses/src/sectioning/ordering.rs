use std::collections::BTreeSet;

use kernel::{AuditRecord, CourseId, EntityId, Live, Result, SectionId, Tx, dialect};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};

use super::{bump, now};
use crate::{
    Edited, Target,
    course_section::{Column, Entity},
    rules::CURRICULUM_ORDER_INCOMPLETE,
    taught::edit,
};

/// Puts all sections of a course in this order at once. The course is locked: of two who saw the same version one wins.
pub async fn reorder_sections(tx: &mut Tx, target: Target, order: &[SectionId]) -> Result<Edited> {
    let Target { course, expected_version } = target;
    let permit = edit(tx, course).await?;
    if expected_version.is_some_and(|expected| expected != permit.version) {
        return Ok(Edited::Stale(now(tx, course).await?));
    }
    let before = in_order(tx, course).await?;
    let named: BTreeSet<_> = order.iter().collect();
    if named.len() != order.len() || named != before.iter().collect() {
        return Err(CURRICULUM_ORDER_INCOMPLETE.at("order").into());
    }
    let place = dialect::place_in(tx.backend(), (Entity, Column::Id), order);
    tx.change_where::<_, _, Entity>(&permit, Column::CourseId.eq(course), vec![(Column::Order, place)]).await?;
    bump(tx, &permit, course).await?;
    let record = AuditRecord::new("course.curriculum_reordered", course);
    tx.record(record.change("sections", wire(&before), wire(order))).await?;
    Ok(Edited::Done(now(tx, course).await?))
}

/// The sections of a course as they stand.
pub async fn in_order(tx: &Tx, course: CourseId) -> Result<Vec<SectionId>> {
    let sections = Entity::live().filter(Column::CourseId.eq(course)).select_only().column(Column::Id);
    let sections = sections.order_by_asc(Column::Order).order_by_asc(Column::CreatedAt).order_by_asc(Column::Id);
    Ok(sections.into_tuple().all(&tx.conn).await?)
}

fn wire(sections: &[SectionId]) -> Value {
    json!(sections.iter().map(|section| section.to_wire()).collect::<Vec<_>>())
}
