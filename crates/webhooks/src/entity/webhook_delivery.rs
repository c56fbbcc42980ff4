use kernel::{EventId, WebhookDeliveryId, WebhookId};
use sea_orm::entity::prelude::*;

/// Something that a webhook is to be told, or was told. Operational: neither audited nor deleted softly.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_deliveries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WebhookDeliveryId,
    pub webhook_id: WebhookId,
    /// None: somebody tries the webhook out.
    pub event_id: Option<EventId>,
    /// The event's place in the feed.
    pub position: i64,
    /// The type of the event.
    #[sea_orm(column_type = "String(StringLen::N(100))")]
    pub kind: String,
    /// The id of the thing it is about, as on the wire: of one thing, all is told in its order.
    #[sea_orm(column_type = "Text")]
    pub object: String,
    pub state: DeliveryState,
    /// How often it was tried since it was last put in the queue.
    pub attempts: i32,
    /// How the last attempts went, oldest first.
    #[sea_orm(column_type = "JsonBinary")]
    pub log: Json,
    pub next_attempt_at: Option<DateTimeUtc>,
    /// Somebody is at it, and heard of no more by then.
    pub claimed_until: Option<DateTimeUtc>,
    pub enqueued_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum DeliveryState {
    /// To be sent, for the first or for another time.
    #[sea_orm(string_value = "pending")]
    Pending,
    #[sea_orm(string_value = "delivered")]
    Delivered,
    /// Tried as often as it is.
    #[sea_orm(string_value = "failed")]
    Failed,
}
