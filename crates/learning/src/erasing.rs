use accounts::may_erase;
use kernel::{Permit, Result, Tx, UserId};
use sea_orm::{ColumnTrait, ExprTrait, prelude::DateTimeUtc, sea_query::Expr};
use serde_json::json;

use crate::{
    certificate::{Column, Entity},
    learning_hour, playback_session, video_progress,
};

/// A person has gone: enrolments and progress stay for the course's figures, and say nothing of who it was. Certificates
/// lose the name, and are no longer good.
pub async fn erase_learner(tx: &Tx, user: UserId) -> Result<()> {
    let permit = may_erase(&tx.viewer, user)?;
    let theirs = Column::UserId.eq(user);
    let good = theirs.clone().and(Column::RevokedAt.is_null());
    let revoked = vec![
        (Column::RevokedAt, Expr::val(tx.now)),
        (Column::RevokedReason, Expr::val("The holder's account was deleted.")),
    ];
    tx.redact::<_, _, Entity>(&permit, good, revoked).await?;
    tx.redact::<_, _, Entity>(&permit, theirs, vec![(Column::RecipientName, Expr::val(""))]).await?;
    forget_when(tx, &permit, user).await
}

/// How much was watched stays; when, and by which devices, is nobody's business any more.
async fn forget_when<A, P>(tx: &Tx, permit: &Permit<A, P>, user: UserId) -> Result<()> {
    use video_progress::Column::{PositionAt, UserId, WallTime, Watched};
    let enough = vec![
        (WallTime, Expr::val(json!(true))),
        (Watched, Expr::val(json!([]))),
        (PositionAt, Expr::val(None::<DateTimeUtc>)),
    ];
    tx.redact::<_, _, video_progress::Entity>(permit, UserId.eq(user), enough).await?;
    tx.unlink::<_, _, playback_session::Entity>(permit, playback_session::Column::UserId.eq(user)).await?;
    tx.unlink::<_, _, learning_hour::Entity>(permit, learning_hour::Column::UserId.eq(user)).await?;
    Ok(())
}
