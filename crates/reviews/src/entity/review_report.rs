use kernel::{ReportId, ReviewId, UserId};
use sea_orm::entity::prelude::*;

/// Somebody says that a review should not stand.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review_reports")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReportId,
    pub review_id: ReviewId,
    pub user_id: UserId,
    /// In the words of who reports; may be empty.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub kind: ReportKind,
    /// When a moderator decided on it. It counts until then.
    pub settled_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What is wrong with a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum ReportKind {
    #[sea_orm(string_value = "spam")]
    Spam,
    #[sea_orm(string_value = "offensive")]
    Offensive,
    #[sea_orm(string_value = "off_topic")]
    OffTopic,
    #[sea_orm(string_value = "personal_data")]
    PersonalData,
    #[sea_orm(string_value = "untrue")]
    Untrue,
    #[sea_orm(string_value = "other")]
    Other,
}
