//! Which courses one should have taken before a course.

use kernel::{AuditRecord, CourseId, EntityId, Result, Turn, Tx, dialect};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, Set};

use crate::{
    CourseRow, course,
    course_prerequisite::{ActiveModel, Column, Entity},
    rules::{COURSE_PREREQUISITE_CIRCLE, COURSE_PREREQUISITE_NOT_FOUND, COURSE_TOO_MANY_PREREQUISITES},
    taught::edit,
};

pub(crate) const MOST: usize = 20;

/// The table, and from where to where it leads.
const GRAPH: (&str, &str, &str) = ("course_prerequisites", "course_id", "prerequisite_id");

/// Makes these the courses that one should have taken before, in this order, and no others. Nobody else changes what any
/// course asks for meanwhile: two that are good by themselves may make a circle.
pub async fn set_prerequisites(tx: &mut Tx, course: CourseId, wanted: Vec<CourseId>) -> Result<CourseRow> {
    tx.take_turn(Turn::Prerequisites).await?;
    let permit = edit(tx, course).await?;
    let wanted = once(wanted);
    if wanted.len() > MOST {
        return Err(COURSE_TOO_MANY_PREREQUISITES.at("courseIds").into());
    }
    check_seen(tx, &wanted).await?;
    check_no_circle(tx, course, &wanted).await?;
    let before = required_by(tx, course).await?;
    if before == wanted {
        return Ok(permit.into_row().course.into());
    }
    tx.unlink::<_, _, Entity>(&permit, Column::CourseId.eq(course)).await?;
    let links = (0..).zip(&wanted).map(|(order, prerequisite)| ActiveModel {
        course_id: Set(course),
        prerequisite_id: Set(*prerequisite),
        order: Set(order),
    });
    tx.link(&permit, links.collect()).await?;
    let version = permit.version + 1;
    let changed = tx.update(permit, |row: &mut course::ActiveModel| row.version = Set(version)).await?;
    let wire = |ids: &[CourseId]| ids.iter().map(|id| id.to_wire()).collect::<Vec<_>>();
    let record = AuditRecord::new("course.prerequisites_set", course);
    tx.record(record.change("prerequisiteCourses", wire(&before), wire(&wanted))).await?;
    Ok(changed.into())
}

/// Each one once, where it stands first.
fn once(ids: Vec<CourseId>) -> Vec<CourseId> {
    let mut seen = std::collections::HashSet::new();
    ids.into_iter().filter(|id| seen.insert(*id)).collect()
}

async fn check_seen(tx: &Tx, wanted: &[CourseId]) -> Result<()> {
    let named = dialect::any_of(tx.backend(), (course::Entity, course::Column::Id), wanted);
    let seen = course::Entity::visible_to(&tx.viewer).filter(named).count(&tx.conn).await?;
    if seen < wanted.len() as u64 { Err(COURSE_PREREQUISITE_NOT_FOUND.at("courseIds").into()) } else { Ok(()) }
}

/// Refuses courses that ask, by way of however many others, for this one; it counts as asking for itself.
async fn check_no_circle(tx: &Tx, course: CourseId, wanted: &[CourseId]) -> Result<()> {
    let id = (course::Entity, course::Column::Id);
    let reached = dialect::within_reach(tx.backend(), id, GRAPH, wanted);
    let found = course::Entity::visible_to(&tx.viewer).filter(course::Column::Id.eq(course)).filter(reached);
    if found.count(&tx.conn).await? > 0 { Err(COURSE_PREREQUISITE_CIRCLE.at("courseIds").into()) } else { Ok(()) }
}

async fn required_by(tx: &Tx, course: CourseId) -> Result<Vec<CourseId>> {
    let links = crate::reading::prerequisites_of(&tx.conn, &tx.viewer, &[course]).await?;
    Ok(links.into_values().flatten().collect())
}
