use sea_orm::entity::prelude::*;

use crate::JobId;

/// Something to be done. Operational: neither audited nor deleted softly.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    pub kind: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub payload: Json,
    pub status: JobStatus,
    /// How often it was begun.
    pub attempts: i32,
    pub max_attempts: i32,
    /// Not begun before.
    pub run_at: DateTimeUtc,
    /// Names one run of the job: only who holds it may end the job.
    #[sea_orm(column_type = "Text", nullable)]
    pub lease: Option<String>,
    /// When the lease ends and somebody else may take the job.
    pub locked_until: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
    /// Of the unfinished jobs with the same key there is one.
    #[sea_orm(column_type = "Text", nullable)]
    pub unique_key: Option<String>,
    pub enqueued_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum JobStatus {
    #[sea_orm(string_value = "queued")]
    Queued,
    #[sea_orm(string_value = "running")]
    Running,
    #[sea_orm(string_value = "done")]
    Done,
    /// Tried as often as it may be.
    #[sea_orm(string_value = "dead")]
    Dead,
}
