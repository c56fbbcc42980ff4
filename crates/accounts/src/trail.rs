//! The audit trail, for those who may read it. Newest first.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{
    AuditEventId, Error, Page, PageRequest, Permission, Result, Scalar, Sort, UserId, Viewer,
    audit_event::{Column, Entity, Model},
    by_keys,
};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryTrait, Select};

/// Narrows the trail; what is not given does not narrow.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    pub actor: Option<UserId>,
    pub action: Option<String>,
    /// As on the wire.
    pub target: Option<String>,
    /// This time and later.
    pub from: Option<DateTime<Utc>>,
    /// Before this time.
    pub to: Option<DateTime<Utc>>,
}

/// One page of the trail.
pub async fn audit_trail(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &AuditFilter,
    request: &PageRequest,
) -> Result<Page<Model>> {
    let newest = Sort::<_, Model>::descending("newest")
        .by(Column::HappenedAt, |row| Scalar::Time(row.happened_at))
        .by(Column::Id, |row| Scalar::Id(row.id.0));
    kernel::page(db, narrowed(viewer, filter)?, &newest, request).await
}

/// How many events the filter leaves.
pub async fn count_audit_trail(db: &impl ConnectionTrait, viewer: &Viewer, filter: &AuditFilter) -> Result<i64> {
    kernel::count(db, narrowed(viewer, filter)?).await
}

/// Events by id.
pub async fn audit_events(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[AuditEventId],
) -> Result<HashMap<AuditEventId, Model>> {
    by_keys(db, Entity::visible_to(viewer), Column::Id, ids, |row: &Model| row.id).await
}

fn narrowed(viewer: &Viewer, filter: &AuditFilter) -> Result<Select<Entity>> {
    if !viewer.has(Permission::AuditRead) {
        return Err(Error::Denied);
    }
    Ok(Entity::visible_to(viewer)
        .apply_if(filter.actor, |select, actor| select.filter(Column::ActorId.eq(actor)))
        .apply_if(filter.action.clone(), |select, action| select.filter(Column::Action.eq(action)))
        .apply_if(filter.target.clone(), |select, target| select.filter(Column::TargetId.eq(target)))
        .apply_if(filter.from, |select, from| select.filter(Column::HappenedAt.gte(from)))
        .apply_if(filter.to, |select, to| select.filter(Column::HappenedAt.lt(to))))
}
