//! Who is told of what happens.

use kernel::Tx;
use sea_orm::{ConnectionTrait, Set, Statement};
use serde_json::json;
use uuid::Uuid;
use webhooks::{DeliveryState, webhook, webhook_delivery};

use super::{SOMEBODY, id, link, put};

pub(super) async fn add(tx: &Tx) {
    let row = webhook::ActiveModel {
        id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        url: Set("https://example.org/".into()),
        types: Set(json!(["course.published.v1"])),
        query: Set(Some("{ __typename }".into())),
        secret: Set("sealed".into()),
        previous_secret: Set(Some("sealed".into())),
        position: Set(0),
        ..Default::default()
    };
    put(tx, row).await;
    // A trigger has made one of the trail's row.
    let event = Statement::from_string(tx.backend(), "SELECT id FROM events LIMIT 1");
    let event: Uuid = tx.conn.query_one_raw(event).await.unwrap().unwrap().try_get("", "id").unwrap();
    let row = webhook_delivery::ActiveModel {
        id: Set(id(1)),
        webhook_id: Set(id(1)),
        event_id: Set(Some(event.into())),
        position: Set(1),
        kind: Set("course.published.v1".into()),
        object: Set("course".into()),
        state: Set(DeliveryState::Pending),
        enqueued_at: Set(tx.now),
        ..Default::default()
    };
    link(tx, row).await;
}
