//! What is read of a table at a time: lists carry no heavy columns.

use kernel::{ChatId, ConversationId, CourseId, UserId};
use sea_orm::{
    DerivePartialModel,
    prelude::{DateTimeUtc, Json},
};

use crate::{AnswerRating, AnswerState, Failure, MessageType, Restriction, ai_chat, tutor_conversation, tutor_policy};

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
    pub state: AnswerState,
    pub failure: Option<Failure>,
    pub model: String,
    pub restriction: Restriction,
    pub is_grounded: bool,
    pub is_truncated: bool,
    pub rating: Option<AnswerRating>,
    pub rating_comment: String,
    pub finished_at: Option<DateTimeUtc>,
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

/// A conversation with the tutor.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "tutor_conversation::Entity")]
pub struct ConversationRow {
    pub id: ConversationId,
    pub user_id: UserId,
    pub course_id: Option<CourseId>,
    pub title: String,
    pub is_open_to_staff: bool,
    pub last_asked_at: DateTimeUtc,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// On which terms a course has a tutor.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "tutor_policy::Entity")]
pub struct PolicyRow {
    pub course_id: CourseId,
    pub during_attempts: Restriction,
    pub is_open_to_staff: bool,
}

impl From<ai_chat::Model> for ChatRow {
    fn from(chat: ai_chat::Model) -> Self {
        Self {
            id: chat.id,
            user_id: chat.user_id,
            course_id: chat.course_id,
            session_id: chat.session_id,
            message: chat.message,
            response: chat.response,
            message_type: chat.message_type,
            tokens_used: chat.tokens_used,
            state: chat.state,
            failure: chat.failure,
            model: chat.model,
            restriction: chat.restriction,
            is_grounded: chat.is_grounded,
            is_truncated: chat.is_truncated,
            rating: chat.rating,
            rating_comment: chat.rating_comment,
            finished_at: chat.finished_at,
            created_at: chat.created_at,
            updated_at: chat.updated_at,
            created_by: chat.created_by,
            updated_by: chat.updated_by,
        }
    }
}

impl From<tutor_conversation::Model> for ConversationRow {
    fn from(row: tutor_conversation::Model) -> Self {
        Self {
            id: row.id,
            user_id: row.user_id,
            course_id: row.course_id,
            title: row.title,
            is_open_to_staff: row.is_open_to_staff,
            last_asked_at: row.last_asked_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}
