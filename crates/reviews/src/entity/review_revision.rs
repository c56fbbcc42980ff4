use kernel::{ReviewId, ReviewRevisionId};
use sea_orm::entity::prelude::*;

/// What a review said before it was edited; when that was is its `created_at`.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review_revisions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReviewRevisionId,
    pub review_id: ReviewId,
    /// The review's, as long as it said this.
    pub version: i32,
    pub rating: i32,
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub comment: String,
    pub written_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
