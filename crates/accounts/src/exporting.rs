//! A person's copy of all that is kept about them. What goes into it is known where all tables are: the gateway.

use chrono::Duration;
use kernel::{AuditRecord, DataExportId, Error, Job, Live, Result, Tx, UserId, Viewer, allow};
use sea_orm::{ColumnTrait, ConnectionTrait, ExprTrait, QueryFilter, QuerySelect, Set, sea_query::Expr};
use serde::{Deserialize, Serialize};

use crate::{
    Letter,
    data_export::{ActiveModel, Column, Entity, ExportStatus, Model},
    editing::own_account,
    policy::{Export, Registry, TidyUp},
    rules::EXPORT_UNDERWAY,
};

/// How long an archive can be fetched.
pub(crate) const KEPT_DAYS: i64 = 7;

/// Gathers an archive.
#[derive(Serialize, Deserialize)]
pub struct ExportData {
    pub export: DataExportId,
}

impl Job for ExportData {
    const KIND: &'static str = "export_data";
}

/// Starts an export of the viewer's data; one at a time.
pub async fn request_data_export(tx: &mut Tx) -> Result<Model> {
    let permit = own_account(tx).await?;
    let row = ActiveModel {
        id: Set(tx.new_id()?),
        user_id: Set(permit.id),
        status: Set(ExportStatus::Running),
        size_bytes: Set(0),
        ..Default::default()
    };
    let export = tx.insert_unless_taken(&permit, row).await?.ok_or(EXPORT_UNDERWAY)?;
    tx.record(AuditRecord::new("data_export.requested", export.id)).await?;
    tx.enqueue(&ExportData { export: export.id }).await?;
    Ok(export)
}

/// Whose data an export is to gather; `None` when it is done, or its account is gone.
pub async fn exported_person(db: &impl ConnectionTrait, export: DataExportId) -> Result<Option<UserId>> {
    let running = Entity::live().filter(Column::Id.eq(export)).filter(Column::Status.eq(ExportStatus::Running));
    Ok(running.one(db).await?.map(|export| export.user_id))
}

/// Keeps the archive for a week and tells its person.
pub async fn finish_data_export(tx: &mut Tx, export: DataExportId, archive: String) -> Result<()> {
    let found = Entity::live().filter(Column::Id.eq(export)).lock_exclusive().one(&tx.conn).await?;
    let permit = allow::<Export, _>(&tx.viewer, found.ok_or(Error::NotFound)?)?;
    let (user, now) = (permit.user_id, tx.now);
    tx.update(permit, |row: &mut ActiveModel| {
        row.status = Set(ExportStatus::Ready);
        row.size_bytes = Set(i64::try_from(archive.len()).unwrap_or(i64::MAX));
        row.archive = Set(Some(archive));
        row.ready_at = Set(Some(now));
        row.expires_at = Set(Some(now + Duration::days(KEPT_DAYS)));
    })
    .await?;
    tx.enqueue(&Letter::ExportReady { user }).await?;
    Ok(())
}

/// The archive, for the person it is about, while it is kept.
pub async fn archive(db: &impl ConnectionTrait, viewer: &Viewer, export: DataExportId) -> Result<String> {
    let found = Entity::visible_to(viewer).filter(Column::Id.eq(export)).one(db).await?;
    found.and_then(|export| export.archive).ok_or(Error::NotFound)
}

/// Takes expired archives away; answers how many.
pub async fn purge_archives(tx: &Tx) -> Result<u64> {
    let permit = allow::<TidyUp, _>(&tx.viewer, Registry)?;
    let expired = Column::Status.eq(ExportStatus::Ready).and(Column::ExpiresAt.lte(tx.now));
    let sets = vec![(Column::Archive, Expr::val(None::<String>)), (Column::Status, Expr::val(ExportStatus::Expired))];
    tx.change_where::<_, _, Entity>(&permit, expired, sets).await
}
