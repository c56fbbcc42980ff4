use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, FromQueryResult, QueryFilter, QuerySelect};

use super::{
    JobStatus,
    job::{Column, Entity},
};
use crate::{Result, Viewer};

/// The queue as those who run the server see it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Backlog {
    /// How many jobs there are in each state that has some.
    pub counts: Vec<(JobStatus, i64)>,
    /// Since when the job waits that should have begun first.
    pub due_since: Option<DateTime<Utc>>,
}

#[derive(FromQueryResult)]
struct Counted {
    status: JobStatus,
    jobs: i64,
}

async fn counts(db: &impl ConnectionTrait) -> Result<Vec<(JobStatus, i64)>> {
    let all = Entity::visible_to(&Viewer::System).select_only().column(Column::Status);
    let counted = all.column_as(Column::Id.count(), "jobs").group_by(Column::Status);
    let rows = counted.into_model::<Counted>().all(db).await?;
    Ok(rows.into_iter().map(|row| (row.status, row.jobs)).collect())
}

/// Since when the job waits that should have begun first.
pub async fn due_since(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    let due =
        Entity::visible_to(&Viewer::System).filter(Column::Status.eq(JobStatus::Queued)).filter(Column::RunAt.lte(now));
    let first = due.select_only().column_as(Column::RunAt.min(), "first").into_tuple::<Option<DateTime<Utc>>>();
    Ok(first.one(db).await?.flatten())
}

/// How many jobs there are, and how late they are.
pub async fn backlog(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Backlog> {
    Ok(Backlog { counts: counts(db).await?, due_since: due_since(db, now).await? })
}
