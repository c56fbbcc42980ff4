//! What staff sees of the queue.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, QueryFilter, QueryTrait, Select,
    prelude::{DateTimeUtc, Json},
    sea_query::Expr,
};

use super::{
    JobStatus,
    job::{Column, Entity, Model},
};
use crate::{Error, JobId, Page, PageRequest, Permission, Result, Scalar, Sort, Viewer, by_keys};

/// A job as staff sees it.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub struct JobRow {
    pub id: JobId,
    pub kind: String,
    pub payload: Json,
    pub status: JobStatus,
    pub attempts: i32,
    pub max_attempts: i32,
    pub run_at: DateTimeUtc,
    pub last_error: Option<String>,
    pub enqueued_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
}

impl From<Model> for JobRow {
    fn from(row: Model) -> Self {
        let Model { id, kind, payload, status, attempts, max_attempts, .. } = row;
        let Model { run_at, last_error, enqueued_at, finished_at, .. } = row;
        Self { id, kind, payload, status, attempts, max_attempts, run_at, last_error, enqueued_at, finished_at }
    }
}

/// Narrows the list of jobs; what is not given does not narrow.
#[derive(Clone, Debug, Default)]
pub struct JobFilter {
    pub status: Option<JobStatus>,
    pub kind: Option<String>,
}

impl Entity {
    /// All for those who manage jobs; none for others.
    #[expect(clippy::disallowed_methods, reason = "a job is never soft-deleted: there is nothing to leave out")]
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        let all = Self::find();
        if viewer.has(Permission::JobsManage) { all } else { all.filter(Expr::val(false)) }
    }
}

/// Jobs by id.
pub async fn jobs(db: &impl ConnectionTrait, viewer: &Viewer, ids: &[JobId]) -> Result<HashMap<JobId, JobRow>> {
    by_keys(db, Entity::visible_to(viewer), Column::Id, ids, |row: &JobRow| row.id).await
}

/// One page of the queue, newest first, for those who manage jobs.
pub async fn list(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &JobFilter,
    request: &PageRequest,
) -> Result<Page<JobRow>> {
    crate::page(db, narrowed(viewer, filter)?, &newest(), request).await
}

/// How many jobs the filter leaves.
pub async fn count(db: &impl ConnectionTrait, viewer: &Viewer, filter: &JobFilter) -> Result<i64> {
    crate::count(db, narrowed(viewer, filter)?).await
}

fn newest() -> Sort<Entity, JobRow> {
    Sort::<_, JobRow>::descending("newest")
        .by(Column::EnqueuedAt, |row| Scalar::Time(row.enqueued_at))
        .by(Column::Id, |row| Scalar::Id(row.id.0))
}

fn narrowed(viewer: &Viewer, filter: &JobFilter) -> Result<Select<Entity>> {
    if !viewer.has(Permission::JobsManage) {
        return Err(Error::Denied);
    }
    Ok(Entity::visible_to(viewer)
        .apply_if(filter.status, |select, status| select.filter(Column::Status.eq(status)))
        .apply_if(filter.kind.clone(), |select, kind| select.filter(Column::Kind.eq(kind))))
}
