use kernel::{AuditRecord, Check, Error, Event, Permit, Result, Tx, UserId, allow, says_something};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, sea_query::Expr};

use crate::{
    Letter, UserStatus,
    administrators::keep_an_administrator,
    policy::{Governed, Suspend},
    rights::Rights,
    rules::{REASON_REQUIRED, REASON_TOO_LONG, SUSPENDS_ONESELF, USER_NOT_SUSPENDED},
    two_factor::end_challenges,
    user::{Column, Entity},
    user_session,
};

/// Closes an account: its sessions die at once and it can't sign in, what it made stays. Suspending a suspended one
/// changes nothing.
pub async fn suspend(tx: &mut Tx, user: UserId, reason: &str) -> Result<()> {
    let reason = reason.trim();
    let mut check = Check::new();
    check.require(says_something(reason), REASON_REQUIRED.at("reason"));
    check.require(reason.chars().count() <= 1_000, REASON_TOO_LONG.at("reason"));
    check.require(tx.viewer.actor() != Some(user), SUSPENDS_ONESELF.at("userId"));
    let permit = governed(tx, user).await?;
    check.done()?;
    keep_an_administrator(tx, user).await?;
    if !set_status(tx, &permit, Column::Status.ne(UserStatus::Suspended), UserStatus::Suspended).await? {
        return Ok(());
    }
    let sessions = user_session::Column::UserId.eq(user).and(user_session::Column::IsActive.eq(true));
    let ends = vec![(user_session::Column::IsActive, Expr::val(false))];
    tx.change_where::<_, _, user_session::Entity>(&permit, sessions, ends).await?;
    end_challenges(tx, &permit, user).await?;
    tx.emit(Event::SessionsEnded { user });
    tx.enqueue(&Letter::AccountSuspended { user, reason: reason.into() }).await?;
    record(tx, "user.suspended", &permit, UserStatus::Suspended, Some(reason)).await
}

/// Opens a suspended account again.
pub async fn reactivate(tx: &mut Tx, user: UserId) -> Result<()> {
    let permit = governed(tx, user).await?;
    if !set_status(tx, &permit, Column::Status.eq(UserStatus::Suspended), UserStatus::Active).await? {
        return Err(USER_NOT_SUSPENDED.at("userId").into());
    }
    tx.enqueue(&Letter::AccountReactivated { user }).await?;
    record(tx, "user.reactivated", &permit, UserStatus::Active, None).await
}

async fn governed(tx: &Tx, user: UserId) -> Result<Permit<Suspend, Governed>> {
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(user)).one(&tx.conn).await?;
    let user = found.ok_or(Error::NotFound)?;
    let (theirs, own) = (Rights::of(tx, user.id).await?, Rights::of_viewer(tx).await?);
    allow::<Suspend, _>(&tx.viewer, Governed { user, theirs, own })
}

/// Was there anything to change?
async fn set_status(tx: &Tx, permit: &Permit<Suspend, Governed>, from: Expr, to: UserStatus) -> Result<bool> {
    let sets = vec![(Column::Status, Expr::val(to))];
    Ok(tx.change_where::<_, _, Entity>(permit, Column::Id.eq(permit.user.id).and(from), sets).await? > 0)
}

async fn record(
    tx: &mut Tx,
    action: &'static str,
    permit: &Permit<Suspend, Governed>,
    to: UserStatus,
    reason: Option<&str>,
) -> Result<()> {
    use sea_orm::ActiveEnum;
    let record =
        AuditRecord::new(action, permit.user.id).change("status", permit.user.status.to_value(), to.to_value());
    tx.record(match reason {
        Some(reason) => record.reason(reason),
        None => record,
    })
    .await
}
