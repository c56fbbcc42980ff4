//! What several gateways let through, added up.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{Error, Result, Tx, allow};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, Set,
    sea_query::{CaseStatement, Expr, OnConflict},
};

use crate::{
    policy::{Registry, TidyUp},
    rate_bucket::{ActiveModel, Column, Entity},
};

/// The most that are settled in one transaction.
pub const MOST: usize = 500;

/// Adds what was spent here since the last time, in nanoseconds until it is paid back; answers when each will be full again
/// after what everybody has spent. At most [`MOST`], in the order of their keys: two gateways would else wait for each
/// other's rows.
#[expect(clippy::disallowed_methods, reason = "a bucket is never soft-deleted")]
pub async fn settle(tx: &Tx, spent: &[(String, i64)]) -> Result<HashMap<String, i64>> {
    let permit = allow::<TidyUp, _>(&tx.viewer, Registry)?;
    let now = nanoseconds(tx.now)?;
    let rows = spent.iter().map(|(key, spent)| ActiveModel { key_hash: Set(key.clone()), full_at: Set(now + spent) });
    let here = || Expr::col((Entity, Column::FullAt));
    let from: Expr = CaseStatement::new().case(here().gt(now), here()).finally(Expr::val(now)).into();
    let mut more = OnConflict::column(Column::KeyHash);
    let added = Expr::col(("excluded", Column::FullAt)).sub(now);
    more.value(Column::FullAt, from.add(added));
    tx.put_rows(&permit, rows.collect(), more).await?;
    let keys = spent.iter().map(|(key, _)| key.as_str());
    let rows = Entity::find().filter(Column::KeyHash.is_in(keys)).all(&tx.conn).await?;
    Ok(rows.into_iter().map(|row| (row.key_hash, row.full_at)).collect())
}

/// Forgets those that are full; answers how many.
pub(crate) async fn purge(tx: &Tx) -> Result<u64> {
    let permit = allow::<TidyUp, _>(&tx.viewer, Registry)?;
    tx.unlink::<_, _, Entity>(&permit, Column::FullAt.lte(nanoseconds(tx.now)?)).await
}

fn nanoseconds(time: DateTime<Utc>) -> Result<i64> {
    time.timestamp_nanos_opt().ok_or_else(|| Error::Internal("the clock stands after the year 2262".into()))
}
