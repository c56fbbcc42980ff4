use kernel::{ConversationId, CourseId, UserId};
use sea_orm::entity::prelude::*;

/// A person's conversation with the tutor; its exchanges are `ai_chats`.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tutor_conversations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConversationId,
    pub user_id: UserId,
    pub course_id: Option<CourseId>,
    /// The beginning of the first question.
    pub title: String,
    /// It was begun while the course said that its staff reads along.
    pub is_open_to_staff: bool,
    pub last_asked_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
