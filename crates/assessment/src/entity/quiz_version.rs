use kernel::{QuizId, QuizVersionId};
use sea_orm::entity::prelude::*;

/// What a quiz was when it was published: what attempts are made at and graded by, whatever becomes of the quiz. Holds keys.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "quiz_versions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: QuizVersionId,
    pub quiz_id: QuizId,
    /// 1 is the first; never given twice.
    pub number: i32,
    #[sea_orm(column_type = "JsonBinary")]
    pub snapshot: Json,
}

impl ActiveModelBehavior for ActiveModel {}
