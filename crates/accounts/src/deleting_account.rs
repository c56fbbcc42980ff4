//! Leaving: asked for, thought over for two weeks, then done by a job (`erasing.rs`).

use chrono::Duration;
use kernel::{AuditRecord, Job, Permission, Permit, Result, Tx, UserId, Viewer, allow};
use sea_orm::{ColumnTrait, Set};
use serde::{Deserialize, Serialize};

use crate::{
    Letter,
    account_deletion::{ActiveModel, Column, Entity, Model},
    administrators::keep_an_administrator,
    authenticating::rights_of,
    editing::own_account,
    one_time::{drop_tokens, redeem},
    one_time_token::Purpose,
    policy::{Manage, Own},
    rules::{DELETION_NOT_REQUESTED, HEIR_INVALID, TOKEN_INVALID},
    user,
};

/// How long one can change one's mind.
const GRACE_DAYS: i64 = 14;

/// Erases an account when its time has come.
#[derive(Serialize, Deserialize)]
pub struct EraseAccount {
    pub user: UserId,
}

impl Job for EraseAccount {
    const KIND: &'static str = "erase_account";
}

/// Has the viewer's account deleted in two weeks. The heir gets the courses. Asking again starts the two weeks anew.
pub async fn request_account_deletion(tx: &mut Tx, heir: Option<UserId>) -> Result<Model> {
    let permit = own_account(tx).await?;
    if let Some(heir) = heir
        && (heir == permit.id || !rights_of(tx, heir).await?.contains(Permission::CoursesCreate))
    {
        return Err(HEIR_INVALID.at("coursesTo").into());
    }
    keep_an_administrator(tx, permit.id).await?;
    let due_at = tx.now + Duration::days(GRACE_DAYS);
    let deletion = Model { user_id: permit.id, requested_at: tx.now, due_at, heir_id: heir };
    tx.unlink::<_, _, Entity>(&permit, Column::UserId.eq(permit.id)).await?;
    let row = ActiveModel {
        user_id: Set(deletion.user_id),
        requested_at: Set(deletion.requested_at),
        due_at: Set(due_at),
        heir_id: Set(heir),
    };
    tx.link(&permit, vec![row]).await?;
    tx.record(AuditRecord::new("user.deletion_requested", permit.id).with("dueAt", due_at.to_rfc3339())).await?;
    tx.enqueue_at(&EraseAccount { user: permit.id }, due_at).await?;
    tx.enqueue(&Letter::DeletionRequested { user: permit.id, at: due_at }).await?;
    Ok(deletion)
}

/// Keeps the account: by the token of the letter, or as oneself.
pub async fn cancel_account_deletion(tx: &mut Tx, token: Option<&str>) -> Result<UserId> {
    match token {
        Some(token) => {
            let (permit, _) = redeem(tx, token, Purpose::CancelDeletion).await?;
            drop_tokens(tx, &permit, &[Purpose::CancelDeletion]).await?;
            keep(tx, &permit, permit.id).await
        }
        // Nobody in particular holds no token either.
        None if tx.viewer == Viewer::Anonymous => Err(TOKEN_INVALID.at("token").into()),
        None => {
            let user = tx.viewer.person()?;
            keep(tx, &allow::<Manage, _>(&tx.viewer, Own(user))?, user).await
        }
    }
}

/// Whoever asked for the deletion may not have been the owner.
pub(crate) async fn keep_after_all<A>(tx: &mut Tx, permit: &Permit<A, user::Model>) -> Result<()> {
    drop_tokens(tx, permit, &[Purpose::CancelDeletion]).await?;
    is_kept(tx, permit, permit.id).await.map(drop)
}

async fn keep<A, P>(tx: &mut Tx, permit: &Permit<A, P>, user: UserId) -> Result<UserId> {
    if is_kept(tx, permit, user).await? { Ok(user) } else { Err(DELETION_NOT_REQUESTED.into()) }
}

/// False when the account was not about to be deleted.
async fn is_kept<A, P>(tx: &mut Tx, permit: &Permit<A, P>, user: UserId) -> Result<bool> {
    let is_kept = tx.unlink::<_, _, Entity>(permit, Column::UserId.eq(user)).await? > 0;
    if is_kept {
        tx.record(AuditRecord::new("user.deletion_cancelled", user).by(user)).await?;
    }
    Ok(is_kept)
}
