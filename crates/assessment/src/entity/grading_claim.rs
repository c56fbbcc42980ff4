use kernel::{AnswerId, ClaimId};
use sea_orm::entity::prelude::*;

/// Whoever grades an answer at present: who made the row.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "grading_claims")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClaimId,
    pub answer_id: AnswerId,
    /// When somebody else may take it.
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
