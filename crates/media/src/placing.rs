//! Where the files of a course stand, and bringing about that they stand otherwise.

use courses::{Placement, edit, moved, versions::Placed};
use kernel::{AuditRecord, CourseId, EntityId, Live, MediaId, Result, SectionId, Tx, dialect};
use sea_orm::{ColumnTrait, ConnectionTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use serde_json::json;

use crate::{
    ProcessingStatus,
    media_file::{Column, Entity},
};

/// The files of a course as they stand.
pub async fn placement(db: &impl ConnectionTrait, course: CourseId) -> Result<Placement<MediaId>> {
    let files = Entity::live().filter(Column::CourseId.eq(course)).select_only();
    let files = files.column(Column::SectionId).column(Column::Id);
    let files = files.order_by_asc(Column::OrderIndex).order_by_asc(Column::CreatedAt).order_by_asc(Column::Id);
    let mut placement = Placement::new();
    for (section, file) in files.into_tuple::<(Option<SectionId>, MediaId)>().all(db).await? {
        placement.entry(section).or_default().push(file);
    }
    Ok(placement)
}

/// Puts files where the placement has them; what it does not name stays. The files are the course's.
pub async fn place(tx: &mut Tx, course: CourseId, wanted: &Placement<MediaId>) -> Result<()> {
    let permit = edit(tx, course).await?;
    let at_present = placement(&tx.conn, course).await?;
    for (section, files) in moved(&at_present, wanted).filter(|(_, files)| !files.is_empty()) {
        let which = dialect::any_of(tx.backend(), (Entity, Column::Id), files).and(Column::CourseId.eq(course));
        let sets = vec![
            (Column::SectionId, Expr::val(section)),
            (Column::OrderIndex, dialect::place_in(tx.backend(), (Entity, Column::Id), files)),
            (Column::Version, Expr::col(Column::Version).add(1)),
        ];
        tx.change_where::<_, _, Entity>(&permit, which, sets).await?;
        let order: Vec<_> = files.iter().map(|file| file.to_wire()).collect();
        let record = AuditRecord::new("course.files_placed", course);
        tx.record(record.with("section", section.map(EntityId::to_wire)).with("order", json!(order))).await?;
    }
    Ok(())
}

/// What stands where, and what it is called.
pub async fn contents(db: &impl ConnectionTrait, course: CourseId) -> Result<Vec<Placed>> {
    let files = Entity::live().filter(Column::CourseId.eq(course)).select_only();
    let files = files.column(Column::SectionId).column(Column::Id).column(Column::FileName);
    let files = files.order_by_asc(Column::SectionId).order_by_asc(Column::OrderIndex);
    let files = files.order_by_asc(Column::CreatedAt).order_by_asc(Column::Id);
    let files = files.into_tuple::<(Option<SectionId>, MediaId, String)>().all(db).await?;
    Ok(files.into_iter().map(|(section, id, title)| Placed { section, id: id.0, title }).collect())
}

/// How far the files of a course are, each with its section.
pub async fn states(db: &impl ConnectionTrait, course: CourseId) -> Result<Vec<(Option<SectionId>, ProcessingStatus)>> {
    let files = Entity::live().filter(Column::CourseId.eq(course)).select_only();
    Ok(files.column(Column::SectionId).column(Column::ProcessingStatus).into_tuple().all(db).await?)
}
