use kernel::{DataExportId, UserId};
use sea_orm::entity::prelude::*;

/// A copy of all that is kept about a person, made for them.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "data_exports")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DataExportId,
    pub user_id: UserId,
    pub status: ExportStatus,
    /// JSON; none before it is ready and after it has expired.
    #[sea_orm(column_type = "Text", nullable)]
    pub archive: Option<String>,
    /// Of the archive.
    pub size_bytes: i64,
    pub ready_at: Option<DateTimeUtc>,
    /// When the archive is taken away.
    pub expires_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How far an export has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum ExportStatus {
    #[sea_orm(string_value = "running")]
    Running,
    #[sea_orm(string_value = "ready")]
    Ready,
    #[sea_orm(string_value = "expired")]
    Expired,
}
