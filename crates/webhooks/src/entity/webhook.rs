use kernel::{UserId, WebhookId};
use sea_orm::entity::prelude::*;

/// Where a program of somebody is told of what happens.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhooks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WebhookId,
    /// Whose it is: what is sent is what this person may see.
    pub user_id: UserId,
    #[sea_orm(column_type = "Text")]
    pub url: String,
    /// The types of events that are sent. Empty: all of them.
    #[sea_orm(column_type = "JsonBinary")]
    pub types: Json,
    /// What is asked about each event; without one the event itself is sent.
    #[sea_orm(column_type = "Text", nullable)]
    pub query: Option<String>,
    /// What deliveries are signed with, sealed.
    #[sea_orm(column_type = "Text")]
    pub secret: String,
    /// The one before, sealed; it signs as well until then.
    #[sea_orm(column_type = "Text", nullable)]
    pub previous_secret: Option<String>,
    pub previous_secret_until: Option<DateTimeUtc>,
    /// The place in the feed up to which there are deliveries.
    pub position: i64,
    /// Since when nothing has arrived any more.
    pub failing_since: Option<DateTimeUtc>,
    pub paused_at: Option<DateTimeUtc>,
    pub pause_reason: Option<PauseReason>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Why nothing is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum PauseReason {
    #[sea_orm(string_value = "by_owner")]
    ByOwner,
    /// For days nothing has arrived.
    #[sea_orm(string_value = "failing")]
    Failing,
    /// The receiver has said that it is gone for good.
    #[sea_orm(string_value = "gone")]
    Gone,
    /// The owner's account is not active, or may not keep webhooks any more.
    #[sea_orm(string_value = "owner_lost_rights")]
    OwnerLostRights,
    /// The query does not fit the schema any more.
    #[sea_orm(string_value = "query_refused")]
    QueryRefused,
}
