//! What one does with answers and conversations of one's own.

use kernel::{AuditRecord, ChatId, ConversationId, EntityId, Error, Result, Tx, allow};
use sea_orm::{ActiveEnum, ColumnTrait, QueryFilter, Set};

use crate::{
    AnswerRating, AnswerState, ChatRow, ai_chat,
    policy::Converse,
    rules::{TUTOR_COMMENT_INVALID, TUTOR_NOT_ANSWERED},
    tutor_conversation,
};

const LONGEST_COMMENT: usize = 1_000;

/// Says what an answer was worth; `None` takes that back.
pub async fn rate(tx: &mut Tx, id: ChatId, rating: Option<AnswerRating>, comment: &str) -> Result<ChatRow> {
    let chat = ai_chat::Entity::visible_to(&tx.viewer).filter(ai_chat::Column::Id.eq(id)).one(&tx.conn).await?;
    let permit = allow::<Converse, _>(&tx.viewer, chat.ok_or(Error::NotFound)?)?;
    let comment = comment.trim().replace("\r\n", "\n");
    if comment.chars().count() > LONGEST_COMMENT || !kernel::is_text(&comment) {
        return Err(TUTOR_COMMENT_INVALID.at("comment").into());
    }
    if permit.state != AnswerState::Complete {
        return Err(TUTOR_NOT_ANSWERED.at("messageId").into());
    }
    let before = permit.rating;
    let chat: ai_chat::Model = tx
        .update(permit, |row: &mut ai_chat::ActiveModel| {
            row.rating = Set(rating);
            row.rating_comment = Set(comment);
        })
        .await?;
    let value = |rating: Option<AnswerRating>| rating.map(|rating| rating.to_value());
    tx.record(AuditRecord::new("tutor.answer_rated", id).change("rating", value(before), value(rating))).await?;
    Ok(chat.into())
}

/// Deletes a conversation and all that was said in it, for good. An answer that is on its way comes to nobody,
/// and what was kept for it is given back by who works on it.
pub async fn delete_conversation(tx: &mut Tx, id: ConversationId) -> Result<()> {
    use tutor_conversation::{Column, Entity};
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(id)).one(&tx.conn).await?;
    let permit = allow::<Converse, _>(&tx.viewer, found.ok_or(Error::NotFound)?)?;
    tx.unlink::<_, _, ai_chat::Entity>(&permit, ai_chat::Column::SessionId.eq(id)).await?;
    tx.unlink::<_, _, Entity>(&permit, Column::Id.eq(id)).await?;
    let course = permit.course_id.map(|course| course.to_wire());
    tx.record(AuditRecord::new("tutor.conversation_deleted", id).with("courseId", course)).await
}
