use kernel::{CourseId, SuggestionRunId, UserId};
use sea_orm::entity::prelude::*;

/// An author has asked for questions about some of a course.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "suggestion_runs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SuggestionRunId,
    /// Who asked; their budget pays.
    pub user_id: UserId,
    pub course_id: CourseId,
    /// What they are to be about; nothing in either is the whole course.
    #[sea_orm(column_type = "JsonBinary")]
    pub section_ids: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub media_ids: Json,
    /// How many at most.
    pub wanted: i32,
    pub status: RunStatus,
    /// Which language model made them; empty when none did.
    pub model: String,
    /// The rule that stood against it.
    pub error_code: String,
    #[sea_orm(column_type = "Text")]
    pub error: String,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum RunStatus {
    #[sea_orm(string_value = "running")]
    Running,
    #[sea_orm(string_value = "ready")]
    Ready,
    #[sea_orm(string_value = "failed")]
    Failed,
}
