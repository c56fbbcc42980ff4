use kernel::{CourseId, QuizId, SectionId};
use sea_orm::entity::prelude::*;

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
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum QuizType {
    #[sea_orm(string_value = "practice")]
    Practice,
    #[sea_orm(string_value = "graded")]
    Graded,
    #[sea_orm(string_value = "final")]
    Final,
}
