use kernel::{ReviewId, ReviewModerationId};
use sea_orm::entity::prelude::*;

/// What a moderator did to a review, and why. Who and when is in the audit columns.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review_moderations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReviewModerationId,
    pub review_id: ReviewId,
    pub action: ModerationAction,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum ModerationAction {
    #[sea_orm(string_value = "hide")]
    Hide,
    #[sea_orm(string_value = "restore")]
    Restore,
    #[sea_orm(string_value = "dismiss_reports")]
    DismissReports,
}
