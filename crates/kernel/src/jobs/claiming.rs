use chrono::Duration;
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, IntoSimpleExpr, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    prelude::Json,
    sea_query::{Expr, Func, LockBehavior, LockType, SelectStatement, SubQueryStatement},
};

use super::{
    Job, JobStatus,
    job::{Column, Entity, Model},
};
use crate::{JobId, Result, Tx};

/// How long a worker has a job for itself, unless its kind says otherwise or it asks for longer by [`renew`].
pub const LEASE: Duration = Duration::minutes(2);

/// [`Job::LEASE`] of each kind. The queue knows kinds by their names alone: whoever claims says it.
pub type Leases = [(&'static str, Duration)];

/// A job that this worker is to do, for as long as it holds the lease.
#[derive(Clone, Debug)]
pub struct Claimed {
    pub id: JobId,
    pub kind: String,
    pub payload: Json,
    /// This one counted.
    pub attempts: i32,
    pub max_attempts: i32,
    /// How long it is held without being renewed.
    pub lasts: Duration,
    pub(super) lease: String,
}

impl Claimed {
    /// The job as it was enqueued; otherwise why it can't be read.
    pub fn read<J: Job>(&self) -> Result<J, String> {
        serde_json::from_value(self.payload.clone())
            .map_err(|error| format!("the payload is none of the kind {}: {error}", self.kind))
    }

    /// Its workers were lost as often as it may be tried: it would be the next one's end, too.
    pub fn is_worn_out(&self) -> bool {
        self.attempts > self.max_attempts
    }
}

/// Takes the next job that is due: one whose worker was lost, or else the one that waits longest. One statement, and two
/// workers at once never take the same: PostgreSQL skips what another has locked, SQLite has one writer.
pub async fn claim(tx: &Tx, leases: &Leases) -> Result<Option<Claimed>> {
    claim_some(tx, leases, None).await
}

/// The same of this kind alone: for workers that keep themselves free for what somebody waits for.
pub async fn claim_of(tx: &Tx, leases: &Leases, kind: &'static str) -> Result<Option<Claimed>> {
    claim_some(tx, leases, Some(kind)).await
}

#[expect(clippy::disallowed_methods, reason = "how jobs are written is known here alone")]
async fn claim_some(tx: &Tx, leases: &Leases, kind: Option<&'static str>) -> Result<Option<Claimed>> {
    let lease = tx.random::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let lost = next("running", Column::LockedUntil, kind, tx);
    let waiting = next("queued", Column::RunAt, kind, tx);
    let next = Func::coalesce([lost, waiting].map(|next| Expr::from(SubQueryStatement::from(next))));
    let claimed = Entity::update_many()
        .col_expr(Column::Status, Expr::val(JobStatus::Running))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .col_expr(Column::Lease, Expr::val(lease.clone()))
        .col_expr(Column::LockedUntil, held_until(tx, leases))
        .filter(Column::Id.into_simple_expr().eq(next))
        .exec_with_returning(&tx.conn)
        .await?;
    Ok(claimed.into_iter().next().map(|row| row.claimed(lease, leases)))
}

/// Which kind it will be is known within the statement only.
fn held_until(tx: &Tx, leases: &Leases) -> Expr {
    let mut special = leases.iter().filter(|(_, lasts)| *lasts != LEASE);
    let Some((kind, lasts)) = special.next() else {
        return Expr::val(tx.now + LEASE);
    };
    let first = Expr::case(Column::Kind.eq(*kind), Expr::val(tx.now + *lasts));
    let all = special.fold(first, |all, (kind, lasts)| all.case(Column::Kind.eq(*kind), Expr::val(tx.now + *lasts)));
    all.finally(Expr::val(tx.now + LEASE)).into()
}

/// The words are literals: each status has a partial index.
#[expect(clippy::disallowed_methods, reason = "a job is never soft-deleted")]
fn next(status: &'static str, due: Column, kind: Option<&'static str>, tx: &Tx) -> SelectStatement {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Status.into_simple_expr().eq(Expr::cust(format!("'{status}'"))))
        .filter(due.lte(tx.now))
        .apply_if(kind, |jobs, kind| jobs.filter(Column::Kind.eq(kind)))
        .order_by_asc(due)
        .order_by_asc(Column::Id)
        .limit(1)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_query()
}

/// Keeps the job for as long again; false when somebody else has it.
#[expect(clippy::disallowed_methods, reason = "how jobs are written is known here alone")]
pub async fn renew(tx: &Tx, job: &Claimed) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::LockedUntil, Expr::val(tx.now + job.lasts))
        .filter(job.held())
        .exec(&tx.conn)
        .await?;
    Ok(done.rows_affected > 0)
}

impl Claimed {
    pub(super) fn held(&self) -> Expr {
        Column::Id.eq(self.id).and(Column::Lease.eq(&self.lease))
    }
}

impl Model {
    fn claimed(self, lease: String, leases: &Leases) -> Claimed {
        let Self { id, kind, payload, attempts, max_attempts, .. } = self;
        let lasts = leases.iter().find(|(other, _)| *other == kind).map_or(LEASE, |(_, lasts)| *lasts);
        Claimed { id, kind, payload, attempts, max_attempts, lasts, lease }
    }
}
