//! What is read of a table at a time: lists carry no heavy columns.

use kernel::{ChatId, ConversationId, CourseId, UserId};
use sea_orm::{
    DerivePartialModel,
    prelude::{DateTimeUtc, Json},
};

use crate::{MessageType, ai_chat};

/// One exchange with the tutor.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "ai_chat::Entity")]
pub struct ChatRow {
    pub id: ChatId,
    pub user_id: UserId,
    pub course_id: Option<CourseId>,
    /// The conversation that it is part of.
    pub session_id: ConversationId,
    pub message: String,
    pub response: String,
    pub message_type: MessageType,
    pub tokens_used: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub created_by: Option<UserId>,
    pub updated_by: Option<UserId>,
}

/// The heavy columns of an exchange, read when a query asks for one of them.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "ai_chat::Entity")]
pub struct ChatDetails {
    pub id: ChatId,
    pub context_data: Json,
}
