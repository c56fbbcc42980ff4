use kernel::{CourseId, QuestionId, QuestionSuggestionId, SuggestionRunId, UserId};
use sea_orm::{
    DerivePartialModel,
    prelude::{DateTimeUtc, Json},
};

use super::DraftContent;
use crate::{RunStatus, SuggestionKind, SuggestionStatus, citing::Citation, question_suggestion, suggestion_run};

/// When an author asked for questions, and what came of it.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "suggestion_run::Entity")]
pub struct RunRow {
    pub id: SuggestionRunId,
    pub course_id: CourseId,
    pub wanted: i32,
    pub status: RunStatus,
    pub model: String,
    pub error_code: String,
    pub error: String,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub created_by: Option<UserId>,
}

/// A question that a machine proposes.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "question_suggestion::Entity")]
pub struct SuggestionRow {
    pub id: QuestionSuggestionId,
    pub run_id: SuggestionRunId,
    pub course_id: CourseId,
    pub position: i32,
    pub kind: SuggestionKind,
    pub question_text: String,
    pub content: Json,
    pub explanation: String,
    pub source: Json,
    pub status: SuggestionStatus,
    pub decided_at: Option<DateTimeUtc>,
    pub question_id: Option<QuestionId>,
    pub created_at: DateTimeUtc,
    pub updated_by: Option<UserId>,
}

impl SuggestionRow {
    /// What may be answered, and what is right; none when it can't be read.
    pub fn content(&self) -> Option<DraftContent> {
        serde_json::from_value(self.content.clone()).ok()
    }

    /// What it is taken from; none when it can't be read.
    pub fn citation(&self) -> Option<Citation> {
        serde_json::from_value(self.source.clone()).ok()
    }
}

impl From<suggestion_run::Model> for RunRow {
    fn from(run: suggestion_run::Model) -> Self {
        Self {
            id: run.id,
            course_id: run.course_id,
            wanted: run.wanted,
            status: run.status,
            model: run.model,
            error_code: run.error_code,
            error: run.error,
            created_at: run.created_at,
            updated_at: run.updated_at,
            created_by: run.created_by,
        }
    }
}
