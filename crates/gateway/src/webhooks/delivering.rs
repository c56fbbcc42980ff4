use std::{sync::Arc, time::Instant};

use kernel::{
    Error, EventId, Permission, Result, Tx, Viewer, WebhookDeliveryId,
    events::{self, EventRow},
};
use serde_json::Value;
use tokio::time::timeout;
use webhooks::{
    PauseReason,
    queue::{self, Attempt, Claimed, HELD},
    sending::Reply,
    sign,
};

use super::{
    asking::{Asked, ask},
    payload,
};
use crate::app::App;

/// A delivery that is ours for a while, and all that has to be known to send it.
pub struct Ready {
    claimed: Claimed,
    owner: Viewer,
    event: Option<EventRow>,
}

/// Takes the delivery, if it is to be sent now and nobody else has it. A webhook whose owner may not have it any more is
/// paused instead.
pub async fn begin(tx: &mut Tx, delivery: WebhookDeliveryId) -> Result<Option<Ready>> {
    match queue::claim(tx, delivery).await? {
        Some(claimed) => ready(tx, claimed).await,
        None => Ok(None),
    }
}

async fn ready(tx: &mut Tx, claimed: Claimed) -> Result<Option<Ready>> {
    let owner = accounts::on_behalf_of(tx, claimed.webhook.user_id).await?;
    let Some(owner) = owner.filter(|owner| owner.has(Permission::WebhooksManage)) else {
        queue::pause(tx, &claimed, PauseReason::OwnerLostRights).await?;
        return Ok(None);
    };
    let event = match claimed.delivery.event_id {
        Some(event) => Some(the_event(tx, event).await?),
        None => None,
    };
    Ok(Some(Ready { claimed, owner, event }))
}

async fn the_event(tx: &Tx, id: EventId) -> Result<EventRow> {
    let found = events::events(&tx.conn, &tx.viewer, &[id]).await?.remove(&id);
    found.ok_or_else(|| Error::Internal("a delivery is of an event that is not there".into()))
}

/// Sends it and writes down how that went. When it has arrived, what is to be told of the same thing next is begun in the same
/// transaction, if one goes on at all.
pub async fn deliver(app: &Arc<App>, ready: Ready, goes_on: bool) -> Result<Option<Ready>> {
    let (started_at, began) = (app.world.now(), Instant::now());
    // Ends before somebody else may take it.
    let patience = (HELD - chrono::Duration::seconds(5)).to_std().unwrap_or_default();
    let sent = timeout(patience, send(app, &ready)).await;
    let reply = match sent.unwrap_or(Sent::Got(Reply::Nothing("It took too long."))) {
        Sent::Got(reply) => reply,
        Sent::Unasked => {
            let pause = async |tx: &mut Tx| queue::pause(tx, &ready.claimed, PauseReason::QueryRefused).await;
            return app.write_as_system(pause).await.map(|()| None);
        }
    };
    let attempt = Attempt::of(&reply, started_at, began.elapsed());
    let settle = async |tx: &mut Tx| {
        if !(queue::settle(tx, &ready.claimed, &reply, attempt).await? && goes_on) {
            return Ok(None);
        }
        match queue::claim_next(tx, &ready.claimed).await? {
            Some(next) => self::ready(tx, next).await,
            None => Ok(None),
        }
    };
    app.write_as_system(settle).await
}

enum Sent {
    Got(Reply),
    /// The query can't be run any more.
    Unasked,
}

async fn send(app: &Arc<App>, ready: &Ready) -> Sent {
    let body = match body(app, ready).await {
        Ok(body) => body,
        Err(instead) => return instead,
    };
    let (webhook, delivery) = (&ready.claimed.webhook, ready.claimed.delivery.id);
    let body = body.to_string().into_bytes();
    let signed = app.secret_key().and_then(|key| sign(key, webhook, delivery, body, app.world.now()));
    match signed {
        Ok(message) => Sent::Got(app.webhooks.send(message).await),
        Err(error) => {
            tracing::error!(%error, "a delivery can't be signed");
            Sent::Got(Reply::Nothing("It could not be signed on our side."))
        }
    }
}

/// What is sent; or what comes of it when there is nothing to send.
async fn body(app: &Arc<App>, ready: &Ready) -> std::result::Result<Value, Sent> {
    let Some(event) = &ready.event else {
        return Ok(payload::of_test(&ready.claimed, app.world.now()));
    };
    let Some(query) = &ready.claimed.webhook.query else {
        return Ok(payload::of_event(event));
    };
    let (id, kind) = (kernel::EntityId::to_wire(event.id), events::type_of(&event.told.action));
    match ask(app, ready.owner.clone(), query, (&event.told.target_id, &id, &kind)).await {
        Asked::Answered(answer) => Ok(payload::of_answer(event, &answer)),
        Asked::Failed => Err(Sent::Got(Reply::Nothing("The query could not be answered on our side."))),
        Asked::Refused(_) => Err(Sent::Unasked),
    }
}
