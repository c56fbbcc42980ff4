use async_graphql::Response;
use chrono::{DateTime, Utc};
use kernel::{
    EntityId,
    events::{EventRow, type_of},
};
use serde_json::{Value, json};
use webhooks::{TEST, queue::Claimed};

/// The event as the feed gives it.
pub fn told(event: &EventRow) -> Value {
    let told = &event.told;
    json!({
        "id": event.id.to_wire(),
        "type": type_of(&told.action),
        "happenedAt": told.happened_at.to_rfc3339(),
        "objectType": told.target_type,
        "objectId": told.target_id,
        "changedFields": told.changed_fields(),
        "actorId": told.actor_id.map(EntityId::to_wire),
    })
}

/// What is sent of an event, in the form that the standard proposes.
pub fn of_event(event: &EventRow) -> Value {
    let kind = type_of(&event.told.action);
    json!({"type": kind, "timestamp": event.told.happened_at.to_rfc3339(), "data": told(event)})
}

/// What is sent of an event that something was asked about; what went wrong with that stands beside it.
pub fn of_answer(event: &EventRow, answer: &Response) -> Value {
    let mut payload = of_event(event);
    payload["data"] = json!(answer.data);
    if !answer.errors.is_empty() {
        payload["errors"] = json!(answer.errors);
    }
    payload
}

/// What is sent to try a webhook out.
pub fn of_test(claimed: &Claimed, now: DateTime<Utc>) -> Value {
    json!({"type": TEST, "timestamp": now.to_rfc3339(), "data": {"webhookId": claimed.webhook.id.to_wire()}})
}
