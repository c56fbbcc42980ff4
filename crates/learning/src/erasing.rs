use accounts::may_erase;
use kernel::{Permit, Result, Tx, UserId};
use sea_orm::{ColumnTrait, ExprTrait, prelude::DateTimeUtc, sea_query::Expr};
use serde_json::json;

use crate::{
    certificate::{Column, Entity},
    enrollment, enrollment_grant, learning_hour, playback_session, video_progress, waitlist,
};

/// A person has gone: enrolments and progress stay for the course's figures, and say nothing of who it was. Certificates
/// lose the name, and are no longer good. Who waited for a seat waits no more.
pub async fn erase_learner(tx: &mut Tx, user: UserId) -> Result<()> {
    let permit = may_erase(&tx.viewer, user)?;
    let theirs = Column::UserId.eq(user);
    let good = theirs.clone().and(Column::RevokedAt.is_null());
    let revoked = vec![
        (Column::RevokedAt, Expr::val(tx.now)),
        (Column::RevokedReason, Expr::val("The holder's account was deleted.")),
    ];
    tx.redact::<_, _, Entity>(&permit, good, revoked).await?;
    tx.redact::<_, _, Entity>(&permit, theirs, vec![(Column::RecipientName, Expr::val(""))]).await?;
    let enrolled = vec![
        (enrollment::Column::SuspendedReason, Expr::val("")),
        (enrollment::Column::Reference, Expr::val(None::<String>)),
    ];
    tx.redact::<_, _, enrollment::Entity>(&permit, enrollment::Column::UserId.eq(user), enrolled).await?;
    let given = vec![(enrollment_grant::Column::Reference, Expr::val(None::<String>))];
    tx.redact::<_, _, enrollment_grant::Entity>(&permit, enrollment_grant::Column::UserId.eq(user), given).await?;
    forget_when(tx, &permit, user).await?;
    waitlist::leave_all(tx, user).await
}

/// How much was watched stays; when, and by which devices, is nobody's business any more.
async fn forget_when<A, P>(tx: &Tx, permit: &Permit<A, P>, user: UserId) -> Result<()> {
    use video_progress::Column::{PositionAt, UserId, WallTime, Watched};
    let enough = vec![
        (WallTime, Expr::val(json!(false))),
        (Watched, Expr::val(json!([]))),
        (PositionAt, Expr::val(None::<DateTimeUtc>)),
    ];
    tx.redact::<_, _, video_progress::Entity>(permit, UserId.eq(user), enough).await?;
    tx.unlink::<_, _, playback_session::Entity>(permit, playback_session::Column::UserId.eq(user)).await?;
    tx.unlink::<_, _, learning_hour::Entity>(permit, learning_hour::Column::UserId.eq(user)).await?;
    Ok(())
}
