use chrono::{DateTime, Duration, Utc};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, IntoSimpleExpr, QueryFilter, sea_query::Expr};

use super::{
    Claimed, JobStatus,
    job::{Column, Entity},
};
use crate::{Result, Tx};

/// The longest that a job waits for its next attempt.
pub const LONGEST_BACKOFF: Duration = Duration::hours(1);
const SHORTEST_BACKOFF: Duration = Duration::seconds(10);
/// Of what went wrong, this many characters are kept.
const LONGEST_ERROR: usize = 300;

/// What became of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Done,
    /// It failed and waits for its next attempt.
    Waiting,
    Dead,
    /// The lease was lost: it is somebody else's, and nothing was written.
    Lost,
}

/// The job is done, if it is still this worker's.
pub async fn finish(tx: &Tx, job: &Claimed) -> Result<Ending> {
    let sets = vec![
        (Column::Status, Expr::val(JobStatus::Done)),
        (Column::LastError, Expr::val(None::<String>)),
        (Column::FinishedAt, Expr::val(tx.now)),
    ];
    end(tx, job, Ending::Done, sets).await
}

/// The job failed, if it is still this worker's. It is tried again, later each time, as often as it may be; not when the
/// fault is one that stays (`is_final`).
pub async fn fail(tx: &Tx, job: &Claimed, error: &str, is_final: bool) -> Result<Ending> {
    let error: String = error.chars().filter(|letter| *letter != '\0').take(LONGEST_ERROR).collect();
    let mut sets = vec![(Column::LastError, Expr::val(error))];
    if is_final || job.attempts >= job.max_attempts {
        let attempts = Ord::min(job.attempts, job.max_attempts);
        sets.push((Column::Status, Expr::val(JobStatus::Dead)));
        sets.push((Column::Attempts, Expr::val(attempts)));
        sets.push((Column::FinishedAt, Expr::val(tx.now)));
        return end(tx, job, Ending::Dead, sets).await;
    }
    sets.push((Column::Status, Expr::val(JobStatus::Queued)));
    sets.push((Column::RunAt, Expr::val(tx.now + backoff(job.attempts, tx.random()?))));
    end(tx, job, Ending::Waiting, sets).await
}

#[expect(clippy::disallowed_methods, reason = "how jobs are written is known here alone")]
async fn end(tx: &Tx, job: &Claimed, ending: Ending, mut sets: Vec<(Column, Expr)>) -> Result<Ending> {
    sets.push((Column::Lease, Expr::val(None::<String>)));
    sets.push((Column::LockedUntil, Expr::val(None::<DateTime<Utc>>)));
    let update = sets.into_iter().fold(Entity::update_many(), |update, (column, value)| update.col_expr(column, value));
    let done = update.filter(job.held()).exec(&tx.conn).await?;
    Ok(if done.rows_affected > 0 { ending } else { Ending::Lost })
}

/// Ten seconds, doubled by every attempt, an hour at most; of it a random part between half and all, so that jobs that
/// failed together do not come back together.
fn backoff(attempts: i32, chance: [u8; 2]) -> Duration {
    let doublings = attempts.clamp(1, 20) - 1;
    let longest = (SHORTEST_BACKOFF * (1 << doublings)).min(LONGEST_BACKOFF);
    let half = longest / 2;
    half + Duration::microseconds(
        half.num_seconds() * 1_000_000 / i64::from(u16::MAX) * i64::from(u16::from_be_bytes(chance)),
    )
}

/// Removes the jobs that came to this end before this time; answers how many.
#[expect(clippy::disallowed_methods, reason = "how jobs are written is known here alone")]
pub async fn purge(tx: &Tx, ended: JobStatus, before: DateTime<Utc>) -> Result<u64> {
    // To the letter: with a parameter SQLite does not use the partial indexes.
    let status = if ended == JobStatus::Dead { "'dead'" } else { "'done'" };
    let is_ended = Column::Status.into_simple_expr().eq(Expr::cust(status));
    let old = is_ended.and(Column::FinishedAt.lt(before));
    Ok(Entity::delete_many().filter(old).exec(&tx.conn).await?.rows_affected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_to_an_hour_and_chance_halves_it_at_most() {
        for (attempts, seconds) in [(1, 10), (2, 20), (3, 40), (9, 2560), (10, 3600), (1000, 3600)] {
            let longest = Duration::seconds(seconds);
            assert_eq!(backoff(attempts, [0, 0]), longest / 2);
            let most = backoff(attempts, [255, 255]);
            assert!(most <= longest && most > longest - Duration::seconds(1), "{attempts}: {most}");
            assert!((longest / 2..longest).contains(&backoff(attempts, [128, 0])));
        }
    }
}
