use accounts::may_erase;
use kernel::{Live, Result, Tx, UserId};
use sea_orm::{ColumnTrait, QueryFilter};

use crate::{ai_chat, paying, tutor_conversation};

/// A person has gone, and with them all that they talked about with the tutor.
pub async fn erase_chats(tx: &Tx, user: UserId) -> Result<()> {
    let permit = may_erase(&tx.viewer, user)?;
    let own = ai_chat::Entity::live().filter(ai_chat::Column::UserId.eq(user));
    for open in own.filter(ai_chat::Column::FinishedAt.is_null()).all(&tx.conn).await? {
        paying::give_back(tx, &open).await?;
    }
    tx.unlink::<_, _, ai_chat::Entity>(&permit, ai_chat::Column::UserId.eq(user)).await?;
    let talks = tutor_conversation::Column::UserId.eq(user);
    tx.unlink::<_, _, tutor_conversation::Entity>(&permit, talks).await?;
    Ok(())
}
