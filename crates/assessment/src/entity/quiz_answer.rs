use kernel::{AnswerId, AttemptId, QuestionId};
use sea_orm::entity::prelude::*;

/// One answer of one attempt.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "quiz_answers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AnswerId,
    pub attempt_id: AttemptId,
    pub question_id: QuestionId,
    #[sea_orm(column_type = "JsonBinary")]
    pub answer: Json,
    /// The client's counter, so that a late save does not undo a newer one.
    pub client_sequence: i64,
    pub saved_at: DateTimeUtc,
    /// In hundredths; none until graded.
    pub points: Option<i32>,
    /// Does a person have to say what it is worth, or have they?
    pub needs_person: bool,
    /// Has a person said what it is worth? No program says otherwise.
    pub is_manual: bool,
    /// What that person says to it; may be empty.
    #[sea_orm(column_type = "Text")]
    pub feedback: String,
}

impl ActiveModelBehavior for ActiveModel {}
