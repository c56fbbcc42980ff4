use kernel::{CourseId, UserId, WaitlistEntryId};
use sea_orm::entity::prelude::*;

/// Somebody waits for a seat, or has waited.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "waitlist_entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WaitlistEntryId,
    pub user_id: UserId,
    pub course_id: CourseId,
    /// With the id, the place in the list.
    pub joined_at: DateTimeUtc,
    /// A seat is kept from then on.
    pub offered_at: Option<DateTimeUtc>,
    /// Until when, that moment left out.
    pub offer_expires_at: Option<DateTimeUtc>,
    /// None: they are on the list.
    pub ended_at: Option<DateTimeUtc>,
    pub outcome: Option<WaitlistOutcome>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How waiting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum WaitlistOutcome {
    #[sea_orm(string_value = "enrolled")]
    Enrolled,
    #[sea_orm(string_value = "left")]
    Left,
    #[sea_orm(string_value = "lapsed")]
    Lapsed,
}
