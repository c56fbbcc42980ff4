use kernel::{CourseId, QuizId, SectionId};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A set of questions.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "quizzes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: QuizId,
    pub course_id: CourseId,
    pub section_id: Option<SectionId>,
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub description: String,
    pub quiz_type: QuizType,
    /// In hundredths of a percent.
    pub passing_score: i32,
    /// In minutes.
    pub time_limit: Option<i32>,
    pub max_attempts: i32,
    pub is_randomized: bool,
    pub is_published: bool,
    pub order_index: i32,
    /// Counts the edits of the quiz and of what is in it.
    pub version: i32,
    pub opens_at: Option<DateTimeUtc>,
    pub due_at: Option<DateTimeUtc>,
    pub show_key_after: ShowKeyAfter,
    pub grade_method: GradeMethod,
    /// Does it have to be passed to complete the course?
    pub is_required: bool,
    /// In seconds: for answers that were on their way when the time was over.
    pub grace_period: i32,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
#[serde(rename_all = "snake_case")]
pub enum QuizType {
    #[sea_orm(string_value = "practice")]
    Practice,
    #[sea_orm(string_value = "graded")]
    Graded,
    #[sea_orm(string_value = "final")]
    Final,
}

/// When who sat the quiz learns what would have been right, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
#[serde(rename_all = "snake_case")]
pub enum ShowKeyAfter {
    #[sea_orm(string_value = "never")]
    Never,
    #[sea_orm(string_value = "submission")]
    Submission,
    /// When nobody can hand it in any more.
    #[sea_orm(string_value = "due")]
    Due,
    /// When the grades are released.
    #[sea_orm(string_value = "release")]
    Release,
}

/// Which of somebody's attempts counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
#[serde(rename_all = "snake_case")]
pub enum GradeMethod {
    #[sea_orm(string_value = "highest")]
    Highest,
    #[sea_orm(string_value = "latest")]
    Latest,
    #[sea_orm(string_value = "first")]
    First,
    #[sea_orm(string_value = "average")]
    Average,
}
