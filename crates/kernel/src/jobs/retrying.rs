use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr};

use super::{
    JobRow, JobStatus,
    job::{Column, Entity, Model},
    policy::Retry,
    rules::{JOB_NOT_DEAD, JOB_QUEUED_ALREADY},
};
use crate::{AuditRecord, Error, JobId, Permit, Result, Tx, allow};

/// Puts a dead job back in the queue, due at once, with all its attempts.
pub async fn retry(tx: &mut Tx, id: JobId) -> Result<JobRow> {
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(id)).one(&tx.conn).await?;
    let permit = allow::<Retry, _>(&tx.viewer, found.ok_or(Error::NotFound)?)?;
    let revived = revive(tx, &permit).await;
    let revived = revived.map_err(|error| if error.is_taken() { JOB_QUEUED_ALREADY.at("id").into() } else { error })?;
    tx.has_enqueued = true;
    let revived = revived.ok_or_else(|| JOB_NOT_DEAD.at("id"))?;
    tx.record(AuditRecord::new("job.retried", id).with("kind", revived.kind.as_str())).await?;
    Ok(revived.into())
}

/// `None` when it is not dead, or no longer.
#[expect(clippy::disallowed_methods, reason = "how jobs are written is known here alone")]
async fn revive(tx: &Tx, job: &Permit<Retry, Model>) -> Result<Option<Model>> {
    let revived = Entity::update_many()
        .col_expr(Column::Status, Expr::val(JobStatus::Queued))
        .col_expr(Column::Attempts, Expr::val(0))
        .col_expr(Column::RunAt, Expr::val(tx.now))
        .col_expr(Column::FinishedAt, Expr::val(None::<DateTime<Utc>>))
        .filter(Column::Id.eq(job.id).and(Column::Status.eq(JobStatus::Dead)))
        .exec_with_returning(&tx.conn)
        .await?;
    Ok(revived.into_iter().next())
}
