use accounts::may_erase;
use kernel::{Result, Tx, UserId};
use sea_orm::{ColumnTrait, sea_query::Expr};

use crate::review_report::{Column, Entity};

/// A person has gone: reviews stay for those who read them, by nobody in particular; why they reported others does not.
pub async fn erase_reporter(tx: &Tx, user: UserId) -> Result<()> {
    let permit = may_erase(&tx.viewer, user)?;
    tx.redact::<_, _, Entity>(&permit, Column::UserId.eq(user), vec![(Column::Reason, Expr::val(""))]).await?;
    Ok(())
}
