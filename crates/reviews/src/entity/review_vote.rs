use kernel::{ReviewId, UserId, VoteId};
use sea_orm::entity::prelude::*;

/// Somebody found a review helpful, or not.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review_votes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VoteId,
    pub review_id: ReviewId,
    pub user_id: UserId,
    pub is_helpful: bool,
}

impl ActiveModelBehavior for ActiveModel {}
