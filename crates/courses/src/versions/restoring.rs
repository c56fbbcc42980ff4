use std::collections::HashMap;

use kernel::{AuditRecord, CourseVersionId, Error, Live, Permit, Result, SectionId, Tx, dialect};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, sea_query::Expr};

use super::{FrozenSection, Snapshot};
use crate::{
    CourseRow, Target,
    course_section::{Column, Entity, Model},
    course_version,
    policy::Edit,
    publishing::is_stale,
    sectioning::{bump, keep_one_published, now},
    taught::{Taught, edit},
};

/// What came of it: on a stale version the current state goes back to the author.
pub enum Restored {
    Done(CourseRow, Box<Snapshot>),
    Stale(CourseRow),
}

/// Brings the sections back as they were at a publication: those deleted since are there again, those added since are
/// deleted. What stands in them is for the contexts to put back that keep it.
pub async fn restore_sections(tx: &mut Tx, target: Target, version: CourseVersionId) -> Result<Restored> {
    let permit = edit(tx, target.course).await?;
    let version = find(tx, target, version).await?;
    if is_stale(&permit, target) {
        return Ok(Restored::Stale(permit.into_row().course.into()));
    }
    let snapshot = Snapshot::read(&version.snapshot)?;
    let sections: Vec<SectionId> = snapshot.sections.iter().map(|section| section.id).collect();
    let others = dialect::any_of(tx.backend(), (Entity, Column::Id), &sections).not();
    tx.delete_where::<_, _, Entity>(&permit, others.and(Column::CourseId.eq(target.course))).await?;
    let there = Entity::live().filter(Column::CourseId.eq(target.course)).all(&tx.conn).await?;
    let there: HashMap<SectionId, Model> = there.into_iter().map(|section| (section.id, section)).collect();
    for (order, section) in (0..).zip(&snapshot.sections) {
        let is_so = there.get(&section.id).is_some_and(|now| now.order == order && *section == now.clone().into());
        if !is_so {
            bring_back(tx, &permit, section, order).await?;
        }
    }
    keep_one_published(tx, &permit, "versionId").await?;
    bump(tx, &permit, target.course).await?;
    tx.record(AuditRecord::new("course.version_restored", target.course).with("number", version.number)).await?;
    Ok(Restored::Done(now(tx, target.course).await?, Box::new(snapshot)))
}

async fn find(tx: &Tx, target: Target, version: CourseVersionId) -> Result<course_version::Model> {
    use course_version::Column::{CourseId, Id};
    let found = course_version::Entity::visible_to(&tx.viewer).filter(Id.eq(version));
    found.filter(CourseId.eq(target.course)).one(&tx.conn).await?.ok_or(Error::NotFound)
}

/// Writes deleted rows, too: that is what it is for.
async fn bring_back(tx: &Tx, permit: &Permit<Edit, Taught>, section: &FrozenSection, order: i32) -> Result<()> {
    let nobody: Option<kernel::UserId> = None;
    let sets = vec![
        (Column::Title, Expr::val(&*section.title)),
        (Column::Description, Expr::val(&*section.description)),
        (Column::IsPublished, Expr::val(section.is_published)),
        (Column::IsPreview, Expr::val(section.is_preview)),
        (Column::Order, Expr::val(order)),
        (Column::IsDeleted, Expr::val(false)),
        (Column::DeletedAt, Expr::val(None::<sea_orm::prelude::DateTimeUtc>)),
        (Column::DeletedBy, Expr::val(nobody)),
        (Column::UpdatedAt, Expr::val(tx.now)),
        (Column::UpdatedBy, Expr::val(tx.viewer.actor())),
    ];
    let which = Column::Id.eq(section.id).and(Column::CourseId.eq(permit.id));
    tx.redact::<_, _, Entity>(permit, which, sets).await?;
    Ok(())
}
