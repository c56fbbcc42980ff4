use chrono::Duration;
use kernel::{AuditRecord, CourseExportId, CourseId, Error, Job, Live, Permit, Result, Tx, Viewer, allow};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect, Set};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    course_export::{ActiveModel, Column, Entity, ExportStatus, Model},
    policy::Pack,
    rules::COURSE_EXPORT_UNDERWAY,
    taught::edit,
};

/// How long a package can be fetched.
const KEPT_DAYS: i64 = 7;

/// Makes a package.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportCourse {
    pub export: CourseExportId,
}

impl Job for ExportCourse {
    const KIND: &'static str = "export_course";
}

/// What came of making a package.
pub struct Exported {
    /// In bytes.
    pub size: u64,
    /// The names of files whose bytes are not in the store.
    pub left_out: Vec<String>,
}

/// Has a package made of the course, with everything that is in it, the keys of its questions too; one at a time.
pub async fn request_export(tx: &mut Tx, course: CourseId) -> Result<Model> {
    let user = tx.viewer.actor().ok_or(Error::Unauthenticated)?;
    let permit = edit(tx, course).await?;
    let row = ActiveModel {
        id: Set(tx.new_id()?),
        course_id: Set(course),
        user_id: Set(user),
        status: Set(ExportStatus::Running),
        error: Set(String::new()),
        left_out: Set(json!([])),
        size_bytes: Set(0),
        ..Default::default()
    };
    let export = tx.insert_unless_taken(&permit, row).await?.ok_or(COURSE_EXPORT_UNDERWAY.at("courseId"))?;
    tx.record(AuditRecord::new("course.export_requested", course)).await?;
    tx.enqueue(&ExportCourse { export: export.id }).await?;
    Ok(export)
}

/// The course that a package is to be made of; `None` when that is done already.
pub async fn running_export(db: &impl ConnectionTrait, export: CourseExportId) -> Result<Option<CourseId>> {
    let running = Entity::live().filter(Column::Id.eq(export)).filter(Column::Status.eq(ExportStatus::Running));
    Ok(running.one(db).await?.map(|export| export.course_id))
}

/// Is there a package for this viewer to fetch?
pub async fn check_ready(db: &impl ConnectionTrait, viewer: &Viewer, export: CourseExportId) -> Result<()> {
    let ready = Entity::visible_to(viewer).filter(Column::Id.eq(export)).filter(Column::Status.eq(ExportStatus::Ready));
    ready.one(db).await?.map(drop).ok_or(Error::NotFound)
}

/// The package is in the store, for a week.
pub async fn finish_export(tx: &mut Tx, export: CourseExportId, made: Exported) -> Result<()> {
    let (permit, now) = (locked(tx, export).await?, tx.now);
    tx.update(permit, |row: &mut ActiveModel| {
        row.status = Set(ExportStatus::Ready);
        row.size_bytes = Set(i64::try_from(made.size).unwrap_or(i64::MAX));
        row.left_out = Set(json!(made.left_out));
        row.ready_at = Set(Some(now));
        row.expires_at = Set(Some(now + Duration::days(KEPT_DAYS)));
    })
    .await?;
    Ok(())
}

/// There will be none.
pub async fn fail_export(tx: &mut Tx, export: CourseExportId, why: &str) -> Result<()> {
    let permit = locked(tx, export).await?;
    tx.update(permit, |row: &mut ActiveModel| {
        row.status = Set(ExportStatus::Failed);
        row.error = Set(why.into());
    })
    .await?;
    Ok(())
}

/// The packages whose time is over.
pub async fn old_exports(tx: &Tx) -> Result<Vec<CourseExportId>> {
    let old = Entity::live().filter(Column::Status.eq(ExportStatus::Ready)).filter(Column::ExpiresAt.lte(tx.now));
    Ok(old.all(&tx.conn).await?.into_iter().map(|export| export.id).collect())
}

/// The package is no longer in the store.
pub async fn forget_export(tx: &mut Tx, export: CourseExportId) -> Result<()> {
    let permit = locked(tx, export).await?;
    tx.update(permit, |row: &mut ActiveModel| row.status = Set(ExportStatus::Expired)).await?;
    Ok(())
}

async fn locked(tx: &Tx, export: CourseExportId) -> Result<Permit<Pack, Model>> {
    let found = Entity::live().filter(Column::Id.eq(export)).lock_exclusive().one(&tx.conn).await?;
    allow::<Pack, _>(&tx.viewer, found.ok_or(Error::NotFound)?)
}
