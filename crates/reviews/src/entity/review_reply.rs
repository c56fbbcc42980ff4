use kernel::{ReviewId, ReviewReplyId, UserId};
use sea_orm::entity::prelude::*;

/// What the course's staff answers. One per review among the living.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review_replies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReviewReplyId,
    pub review_id: ReviewId,
    /// Who wrote it first.
    pub user_id: UserId,
    #[sea_orm(column_type = "Text")]
    pub comment: String,
    /// When what it says was last changed.
    pub edited_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
