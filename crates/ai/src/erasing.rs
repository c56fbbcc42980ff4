use accounts::may_erase;
use kernel::{Result, Tx, UserId};
use sea_orm::ColumnTrait;

use crate::{ai_chat, tutor_conversation};

/// A person has gone, and with them all that they talked about with the tutor. Who works on an answer finds that nobody waits
/// for it.
pub async fn erase_chats(tx: &Tx, user: UserId) -> Result<()> {
    let permit = may_erase(&tx.viewer, user)?;
    tx.unlink::<_, _, ai_chat::Entity>(&permit, ai_chat::Column::UserId.eq(user)).await?;
    let talks = tutor_conversation::Column::UserId.eq(user);
    tx.unlink::<_, _, tutor_conversation::Entity>(&permit, talks).await?;
    Ok(())
}
