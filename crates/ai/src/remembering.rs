use kernel::{Live, Result};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    ai_chat::{Column, Entity, Model},
    prompting::MOST_EARLIER,
};

/// The last exchanges of the conversation before this one, the oldest first.
pub async fn earlier(db: &impl ConnectionTrait, chat: &Model) -> Result<Vec<Model>> {
    let before = Entity::live().filter(Column::SessionId.eq(chat.session_id)).filter(Column::UserId.eq(chat.user_id));
    let before = before.filter(Column::FinishedAt.is_not_null()).filter(Column::Id.ne(chat.id));
    let before = before.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).limit(MOST_EARLIER as u64);
    let mut before = before.all(db).await?;
    before.reverse();
    Ok(before)
}
