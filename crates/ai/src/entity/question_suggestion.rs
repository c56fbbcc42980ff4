use kernel::{CourseId, QuestionId, QuestionSuggestionId, SuggestionRunId};
use sea_orm::entity::prelude::*;

/// A question that a machine proposes, with its key: for authors only. It is in no quiz until one of them puts it there.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "question_suggestions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: QuestionSuggestionId,
    pub run_id: SuggestionRunId,
    pub course_id: CourseId,
    /// From 0, within its run.
    pub position: i32,
    pub kind: SuggestionKind,
    #[sea_orm(column_type = "Text")]
    pub question_text: String,
    /// What may be answered and what is right: `questions::DraftContent`.
    #[sea_orm(column_type = "JsonBinary")]
    pub content: Json,
    #[sea_orm(column_type = "Text")]
    pub explanation: String,
    /// What it is taken from: `Citation`.
    #[sea_orm(column_type = "JsonBinary")]
    pub source: Json,
    pub status: SuggestionStatus,
    /// Who did that has changed the row last.
    pub decided_at: Option<DateTimeUtc>,
    /// What it has become.
    pub question_id: Option<QuestionId>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How it is answered: a machine is not trusted with the other types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum SuggestionKind {
    #[sea_orm(string_value = "multiple_choice")]
    MultipleChoice,
    #[sea_orm(string_value = "true_false")]
    TrueFalse,
    #[sea_orm(string_value = "short_answer")]
    ShortAnswer,
    #[sea_orm(string_value = "fill_in")]
    FillIn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum SuggestionStatus {
    /// Nobody has looked at it yet.
    #[sea_orm(string_value = "pending")]
    Pending,
    #[sea_orm(string_value = "accepted")]
    Accepted,
    #[sea_orm(string_value = "rejected")]
    Rejected,
}
