use sea_orm::entity::prelude::*;

use crate::EventId;

/// The place of something that was done in the feed. A trigger on `audit_events` adds it, in the transaction of the change.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    /// In the order of writing. Who writes later may commit earlier: nobody reads by this.
    #[sea_orm(primary_key)]
    pub sequence: i64,
    /// The row of the audit trail, under the prefix of events.
    #[sea_orm(unique)]
    pub id: EventId,
    /// In the order of the feed. Given when it is committed, see [`super::number`]; none before.
    #[sea_orm(unique)]
    pub position: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
