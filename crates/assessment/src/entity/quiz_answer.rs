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
}

impl ActiveModelBehavior for ActiveModel {}
