use chrono::{DateTime, Utc};
use kernel::{Permit, Result, Tx, allow};
use sea_orm::{ColumnTrait, ExprTrait, sea_query::Expr};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    Claimed,
    pausing::stop,
    schedule::{PATIENCE, wait_after},
};
use crate::{
    DeliveryState, PauseReason,
    found::locked,
    policy::{Tell, Told},
    sending::Reply,
    webhook,
    webhook_delivery::{Column, Entity},
};

/// Of so many attempts is kept how they went.
const KEPT: usize = 20;

/// How one attempt went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    pub started_at: DateTime<Utc>,
    pub duration_milliseconds: i32,
    /// What the receiver answered; nothing when it did not.
    pub status: Option<u16>,
    pub excerpt: Option<String>,
    /// Why it failed; nothing when it did not.
    pub failure: Option<String>,
}

impl Attempt {
    pub fn of(reply: &Reply, started_at: DateTime<Utc>, took: std::time::Duration) -> Self {
        let answer = match reply {
            Reply::Answered(answer) => Some(answer.clone()),
            Reply::Nothing(_) => None,
        };
        Self {
            started_at,
            duration_milliseconds: i32::try_from(took.as_millis()).unwrap_or(i32::MAX),
            status: answer.as_ref().map(|answer| answer.status),
            excerpt: answer.map(|answer| answer.excerpt),
            failure: reply.trouble(),
        }
    }
}

/// Writes down how an attempt went, and what follows from it: it has arrived, it is tried again, it is given up, or nothing
/// more is sent there. True when it has arrived.
pub async fn settle(tx: &mut Tx, claimed: &Claimed, reply: &Reply, attempt: Attempt) -> Result<bool> {
    let Some(webhook) = locked(tx, claimed.webhook.id).await? else {
        return Ok(false);
    };
    let permit = allow::<Tell, _>(&tx.viewer, webhook)?;
    let has_arrived = attempt.failure.is_none();
    let log = logged(claimed.delivery.log.clone(), &attempt);
    let mut sets = vec![
        (Column::Log, Expr::val(log)),
        (Column::ClaimedUntil, Expr::val(None::<DateTime<Utc>>)),
        (Column::Attempts, Expr::col(Column::Attempts).add(1)),
    ];
    let is_test = claimed.delivery.event_id.is_none();
    if has_arrived {
        sets.extend(ended(tx, DeliveryState::Delivered));
        note_failing(tx, &permit, None).await?;
    } else if is_test {
        sets.extend(ended(tx, DeliveryState::Failed));
    } else {
        sets.extend(after_failure(tx, permit, claimed, reply).await?);
    }
    let permit = allow::<Tell, _>(&tx.viewer, Told)?;
    tx.note::<_, _, Entity>(&permit, Column::Id.eq(claimed.delivery.id), sets).await?;
    Ok(has_arrived)
}

/// A receiver that takes nothing is paused, and what was to be sent there waits; what alone it does not take is given up in the
/// end.
async fn after_failure(
    tx: &mut Tx,
    permit: Permit<Tell, webhook::Model>,
    claimed: &Claimed,
    reply: &Reply,
) -> Result<Vec<(Column, Expr)>> {
    let since = permit.failing_since.unwrap_or(tx.now);
    note_failing(tx, &permit, Some(since)).await?;
    let wait = wait_after(claimed.delivery.attempts + 1);
    let reason = if reply.is_gone() {
        Some(PauseReason::Gone)
    } else {
        (tx.now - since >= PATIENCE).then_some(PauseReason::Failing)
    };
    let is_paused = permit.paused_at.is_some() || reason.is_some();
    if let Some(reason) = reason {
        stop(tx, permit, reason).await?;
    }
    Ok(match wait {
        None if !is_paused => ended(tx, DeliveryState::Failed),
        wait => vec![(Column::NextAttemptAt, Expr::val(tx.now + wait.unwrap_or_default()))],
    })
}

/// Since when nothing arrives; only when that is something new.
async fn note_failing<A>(tx: &Tx, permit: &Permit<A, webhook::Model>, since: Option<DateTime<Utc>>) -> Result<()> {
    if permit.failing_since != since {
        let sets = vec![(webhook::Column::FailingSince, Expr::val(since))];
        tx.note::<_, _, webhook::Entity>(permit, webhook::Column::Id.eq(permit.id), sets).await?;
    }
    Ok(())
}

fn ended(tx: &Tx, state: DeliveryState) -> Vec<(Column, Expr)> {
    vec![
        (Column::State, Expr::val(state)),
        (Column::FinishedAt, Expr::val(tx.now)),
        (Column::NextAttemptAt, Expr::val(None::<DateTime<Utc>>)),
    ]
}

fn logged(log: Value, attempt: &Attempt) -> Value {
    let mut log = match log {
        Value::Array(log) => log,
        _ => vec![],
    };
    log.push(json!(attempt));
    let old = log.len().saturating_sub(KEPT);
    log.drain(..old);
    Value::Array(log)
}
