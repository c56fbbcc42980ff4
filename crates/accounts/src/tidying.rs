//! What is done to rows whose time has passed.

use chrono::Duration;
use kernel::{Result, Tx, allow};
use sea_orm::{ColumnTrait, ExprTrait, IntoSimpleExpr, sea_query::Expr};

use crate::{
    exporting::purge_archives,
    holding, idempotency, one_time,
    policy::{Registry, TidyUp},
    spending, spent_refresh_token, throttling, two_factor, user_session,
};

/// A spent token is kept to know its thief by; none works that long, shown or not.
const SPENT_DAYS: i64 = 30;

/// Ends the sessions that can't be refreshed any more; answers how many.
pub async fn expire_sessions(tx: &mut Tx) -> Result<u64> {
    use user_session::{Column, Entity};
    let permit = allow::<TidyUp, _>(&tx.viewer, Registry)?;
    // The condition on the partial index, to the letter.
    let active = Column::IsActive.into_simple_expr().eq(Expr::cust("TRUE"));
    let expired = active.and(Column::RefreshExpiresAt.lte(tx.now));
    tx.change_where::<_, _, Entity>(&permit, expired, vec![(Column::IsActive, Expr::val(false))]).await
}

/// Forgets tokens that no longer matter, attempts that no longer count and archives that have expired; answers how many.
pub async fn purge_tokens(tx: &mut Tx) -> Result<u64> {
    // One line for every table.
    let purged = [
        purge_spent_refresh_tokens(tx).await?,
        throttling::purge(tx).await?,
        two_factor::purge(tx).await?,
        one_time::purge(tx).await?,
        holding::purge(tx).await?,
        idempotency::purge(tx).await?,
        spending::purge(tx).await?,
        purge_archives(tx).await?,
    ];
    Ok(purged.into_iter().sum())
}

async fn purge_spent_refresh_tokens(tx: &Tx) -> Result<u64> {
    use spent_refresh_token::{Column, Entity};
    let permit = allow::<TidyUp, _>(&tx.viewer, Registry)?;
    tx.unlink::<_, _, Entity>(&permit, Column::SpentAt.lt(tx.now - Duration::days(SPENT_DAYS))).await
}
