use kernel::{BankId, QuestionId, QuizId};
use sea_orm::entity::prelude::*;

/// One question, with the key. Never shown to learners as it is.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "quiz_questions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: QuestionId,
    /// The quiz it stands in; none for one of a bank.
    pub quiz_id: Option<QuizId>,
    /// The bank it is drawn from; none for one of a quiz.
    pub bank_id: Option<BankId>,
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
    #[sea_orm(string_value = "numeric")]
    Numeric,
    #[sea_orm(string_value = "matching")]
    Matching,
    #[sea_orm(string_value = "ordering")]
    Ordering,
    #[sea_orm(string_value = "fill_in")]
    FillIn,
}
