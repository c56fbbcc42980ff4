use kernel::{ChatId, ConversationId, CourseId, ReservationId, UserId};
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
    /// Markdown, as far as it has come.
    #[sea_orm(column_type = "Text")]
    pub response: String,
    pub message_type: MessageType,
    /// What the answer was made from: `Context`.
    #[sea_orm(column_type = "JsonBinary")]
    pub context_data: Json,
    pub tokens_used: i32,
    pub state: AnswerState,
    pub failure: Option<Failure>,
    /// What answers; `extractive` for what quotes the course.
    pub model: String,
    /// What was allowed when it was asked.
    pub restriction: Restriction,
    /// Does it name a passage of the course?
    pub is_grounded: bool,
    /// Would there have been more?
    pub is_truncated: bool,
    pub rating: Option<AnswerRating>,
    #[sea_orm(column_type = "Text")]
    pub rating_comment: String,
    /// The tokens that are kept for it until it has ended.
    pub reservation: Option<ReservationId>,
    /// Of the exchanges of a conversation one at most has not ended.
    pub finished_at: Option<DateTimeUtc>,
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

/// How far an answer is. One that has ended stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum AnswerState {
    /// Nobody has begun.
    #[sea_orm(string_value = "pending")]
    Pending,
    /// More may come.
    #[sea_orm(string_value = "streaming")]
    Streaming,
    #[sea_orm(string_value = "complete")]
    Complete,
    /// What has come is all there is.
    #[sea_orm(string_value = "failed")]
    Failed,
}

/// Why an answer failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum Failure {
    #[sea_orm(string_value = "unavailable")]
    Unavailable,
    #[sea_orm(string_value = "timed_out")]
    TimedOut,
    #[sea_orm(string_value = "cut_off")]
    CutOff,
    #[sea_orm(string_value = "unreadable")]
    Unreadable,
    #[sea_orm(string_value = "refused")]
    Refused,
    /// Who worked on it was lost.
    #[sea_orm(string_value = "interrupted")]
    Interrupted,
    /// An attempt that counts was begun meanwhile.
    #[sea_orm(string_value = "attempt_open")]
    AttemptOpen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum AnswerRating {
    #[sea_orm(string_value = "helpful")]
    Helpful,
    #[sea_orm(string_value = "unhelpful")]
    Unhelpful,
}

/// What the tutor may do while somebody sits a quiz that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum Restriction {
    #[sea_orm(string_value = "allowed")]
    Allowed,
    /// Say where to look, and no more.
    #[sea_orm(string_value = "hints")]
    Hints,
    #[sea_orm(string_value = "blocked")]
    Blocked,
}
