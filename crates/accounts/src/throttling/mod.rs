//! How often things may be tried. A place is taken before the trying, by one statement with a condition, so that many at
//! once can't pass a limit; a success gives it back.

mod limits;
mod network;

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use kernel::{Error, Live, Permit, Result, Tx, allow};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Set,
    sea_query::{CaseStatement, Expr, OnConflict},
};

pub use limits::Throttled;
use limits::{Counter, SIEGE, Success, account_key};
pub use network::network;

use crate::{
    email::email_key,
    policy::{Administer, Registry, Try},
    throttle::{ActiveModel, Column, Entity, Model},
    user, user_session,
};

/// The most addresses, latest first, that are looked through for whether somebody has signed in from one before.
const MAX_ADDRESSES: u64 = 1000;

/// Is there a place left? Only reads: what is refused here costs no write, however many are refused.
pub async fn check(db: &impl ConnectionTrait, what: &Throttled, now: DateTime<Utc>) -> Result<()> {
    counters(db, what, now).await.map(drop)
}

/// Takes a place in everything that limits this attempt, or none: [`Error::Exhausted`] says how long to wait. Belongs
/// into a transaction of its own that is committed before the attempt.
pub async fn reserve(tx: &Tx, what: &Throttled) -> Result<()> {
    let permit = allow::<Try, _>(&tx.viewer, Registry)?;
    for counter in counters(&tx.conn, what, tx.now).await? {
        if !take(tx, &permit, &counter).await? {
            let rows = standing(&tx.conn, vec![counter.key_hash], tx.now).await?;
            return Err(refused(rows.values().map(|row| row.resets_at - tx.now).max().unwrap_or_default()));
        }
    }
    Ok(())
}

/// The attempt was a success: what it took is given back.
pub async fn give_back(tx: &Tx, what: &Throttled) -> Result<()> {
    let permit = allow::<Try, _>(&tx.viewer, Registry)?;
    for counter in what.counters(false) {
        match counter.success {
            Success::Counts => {}
            Success::Clears => {
                tx.unlink::<_, _, Entity>(&permit, Column::KeyHash.eq(counter.key_hash)).await?;
            }
            Success::GivesBack => one_less(tx, &permit, counter).await?,
        }
    }
    Ok(())
}

/// The attempt could not be made, for no fault of who made it: the place that it took is given back, and nothing more.
pub async fn withdraw(tx: &Tx, what: &Throttled) -> Result<()> {
    let permit = allow::<Try, _>(&tx.viewer, Registry)?;
    for counter in what.counters(false).into_iter().filter(|counter| counter.success != Success::Counts) {
        one_less(tx, &permit, counter).await?;
    }
    Ok(())
}

async fn one_less(tx: &Tx, permit: &Permit<Try, Registry>, counter: Counter) -> Result<()> {
    let mut one_less = OnConflict::column(Column::KeyHash);
    one_less.value(Column::Taken, here(Column::Taken).sub(1));
    one_less.action_and_where(here(Column::Taken).gt(0).and(here(Column::ResetsAt).gt(tx.now)));
    tx.put(permit, row(counter.key_hash, 0, tx.now), one_less).await?;
    Ok(())
}

/// Removes what no longer counts; answers how much that was. For the system.
pub async fn purge(tx: &Tx) -> Result<u64> {
    let permit = allow::<Administer, _>(&tx.viewer, Registry)?;
    tx.unlink::<_, _, Entity>(&permit, Column::ResetsAt.lte(tx.now)).await
}

/// The counters of an attempt, when none of them is at its limit.
async fn counters(db: &impl ConnectionTrait, what: &Throttled, now: DateTime<Utc>) -> Result<Vec<Counter>> {
    let keys = what.counters(false).into_iter().map(|counter| counter.key_hash).collect();
    let rows = standing(db, keys, now).await?;
    let counters = what.counters(is_stranger_under_siege(db, what, &rows).await?);
    let full = counters.iter().filter_map(|counter| {
        rows.get(&counter.key_hash).filter(|row| row.taken >= counter.limit.most).map(|row| row.resets_at - now)
    });
    match full.max() {
        Some(wait) => Err(refused(wait)),
        None => Ok(counters),
    }
}

/// The rows that still count.
#[expect(clippy::disallowed_methods, reason = "a counter is never soft-deleted")]
async fn standing(db: &impl ConnectionTrait, keys: Vec<String>, now: DateTime<Utc>) -> Result<HashMap<String, Model>> {
    let rows = Entity::find().filter(Column::KeyHash.is_in(keys)).filter(Column::ResetsAt.gt(now)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.key_hash.clone(), row)).collect())
}

/// Is the account being attacked, and this an address that nobody has ever signed in to it from? Of an account that does
/// not exist the same is asked.
async fn is_stranger_under_siege(
    db: &impl ConnectionTrait,
    what: &Throttled,
    rows: &HashMap<String, Model>,
) -> Result<bool> {
    let Throttled::SignIn { email, ip } = what else {
        return Ok(false);
    };
    if rows.get(&account_key(email)).is_none_or(|row| row.taken <= SIEGE) {
        return Ok(false);
    }
    let owner = user::Entity::live().select_only().column(user::Column::Id);
    let owner = owner.filter(user::Column::EmailKey.eq(email_key(email)));
    let known: Vec<String> = user_session::Entity::live()
        .select_only()
        .column(user_session::Column::IpAddress)
        .filter(user_session::Column::UserId.in_subquery(owner.into_query()))
        .group_by(user_session::Column::IpAddress)
        .order_by_desc(user_session::Column::LastActivity.max())
        .limit(MAX_ADDRESSES)
        .into_tuple()
        .all(db)
        .await?;
    let own = network(ip);
    Ok(!known.iter().any(|ip| network(ip) == own))
}

/// One statement: of many at once no more get a place than there are.
async fn take(tx: &Tx, permit: &Permit<Try, Registry>, counter: &Counter) -> Result<bool> {
    let first = row(counter.key_hash.clone(), 1, tx.now + counter.limit.within);
    let is_over = || here(Column::ResetsAt).lte(tx.now);
    let renewed = |over: Expr, counting: Expr| CaseStatement::new().case(is_over(), over).finally(counting);
    let mut again = OnConflict::column(Column::KeyHash);
    again.value(Column::Taken, renewed(Expr::val(1), here(Column::Taken).add(1)));
    again.value(Column::ResetsAt, renewed(Expr::val(tx.now + counter.limit.within), here(Column::ResetsAt)));
    again.action_and_where(is_over().or(here(Column::Taken).lt(counter.limit.most)));
    tx.put(permit, first, again).await
}

/// The column as it is in the table, not as it would have been inserted.
fn here(column: Column) -> Expr {
    Expr::col((Entity, column))
}

fn row(key_hash: String, taken: i32, resets_at: DateTime<Utc>) -> ActiveModel {
    ActiveModel { key_hash: Set(key_hash), taken: Set(taken), resets_at: Set(resets_at) }
}

fn refused(wait: Duration) -> Error {
    // Rounded up: who comes back then gets a place.
    let seconds = Ord::max((wait + Duration::microseconds(999_999)).num_seconds(), 1);
    Error::Exhausted {
        code: "RATE_LIMITED",
        message: format!("Too many attempts: try again in {seconds} s."),
        retry_after: Some(seconds),
    }
}
