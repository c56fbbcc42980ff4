use accounts::may_erase;
use kernel::{Result, Tx, UserId};
use sea_orm::ColumnTrait;

use crate::ai_chat::{Column, Entity};

/// A person has gone, and with them all that they talked about with the tutor.
pub async fn erase_chats(tx: &Tx, user: UserId) -> Result<()> {
    let permit = may_erase(&tx.viewer, user)?;
    tx.unlink::<_, _, Entity>(&permit, Column::UserId.eq(user)).await?;
    Ok(())
}
