use kernel::{QuizId, RegradeId};
use sea_orm::entity::prelude::*;

/// That a quiz is graded otherwise than it was published: who made the row. Lies over the versions, which stay as they are.
/// Holds keys.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "quiz_regrades")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RegradeId,
    pub quiz_id: QuizId,
    /// 1 is the first of the quiz; the later one lies over the earlier.
    pub number: i32,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub changes: Json,
    /// The one that this one takes back, once.
    pub undoes_id: Option<RegradeId>,
    /// How many attempts came to something else by it.
    pub changed_count: i32,
}

impl ActiveModelBehavior for ActiveModel {}
