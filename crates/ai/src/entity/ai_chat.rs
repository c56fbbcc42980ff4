use kernel::{ChatId, ConversationId, CourseId, UserId};
use sea_orm::entity::prelude::*;

/// One exchange with the tutor.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ai_chats")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ChatId,
    pub user_id: UserId,
    pub course_id: Option<CourseId>,
    /// The conversation that it is part of.
    pub session_id: ConversationId,
    #[sea_orm(column_type = "Text")]
    pub message: String,
    #[sea_orm(column_type = "Text")]
    pub response: String,
    pub message_type: MessageType,
    #[sea_orm(column_type = "JsonBinary")]
    pub context_data: Json,
    pub tokens_used: i32,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum MessageType {
    #[sea_orm(string_value = "question")]
    Question,
    #[sea_orm(string_value = "answer")]
    Answer,
    #[sea_orm(string_value = "suggestion")]
    Suggestion,
}
