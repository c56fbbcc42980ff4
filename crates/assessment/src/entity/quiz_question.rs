use kernel::{QuestionId, QuizId};
use sea_orm::entity::prelude::*;

/// One question, with the key. Never shown to learners as it is.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "quiz_questions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: QuestionId,
    pub quiz_id: QuizId,
    #[sea_orm(column_type = "Text")]
    pub question_text: String,
    pub question_type: QuestionType,
    #[sea_orm(column_type = "JsonBinary")]
    pub options: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub correct_answer: Json,
    #[sea_orm(column_type = "Text")]
    pub explanation: String,
    /// In hundredths.
    pub points: i32,
    pub order_index: i32,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum QuestionType {
    #[sea_orm(string_value = "multiple_choice")]
    MultipleChoice,
    #[sea_orm(string_value = "true_false")]
    TrueFalse,
    #[sea_orm(string_value = "short_answer")]
    ShortAnswer,
    #[sea_orm(string_value = "essay")]
    Essay,
}
