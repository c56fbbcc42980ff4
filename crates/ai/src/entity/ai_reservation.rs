use kernel::{CourseId, ReservationId, UserId};
use sea_orm::entity::prelude::*;

/// Tokens that are kept for one answer, until it is known what it took.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ai_reservations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReservationId,
    pub user_id: UserId,
    pub course_id: CourseId,
    pub tokens: i64,
    pub used: i64,
    pub state: ReservationState,
    /// Which day and which month it counts in.
    pub reserved_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum ReservationState {
    /// The answer is under way.
    #[sea_orm(string_value = "open")]
    Open,
    /// It took `used` tokens.
    #[sea_orm(string_value = "settled")]
    Settled,
    /// There was none.
    #[sea_orm(string_value = "refunded")]
    Refunded,
    /// Nobody said in time what became of it.
    #[sea_orm(string_value = "lapsed")]
    Lapsed,
}
