use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::Duration;
use kernel::{Permission, World};
use serde_json::json;
use sha2::{Digest, Sha256};
use testkit::{Received, TestApp, on_both};

use super::{
    CREATED, UPDATED, creates, deliveries, delivers, keeper, pair, reaching_tests, receiver, titles, told, updates,
};
use crate::dump::dump;

/// RFC 2104, word for word: so that nothing of the product's own is asked.
fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut block = [0u8; 64];
    block[..key.len()].copy_from_slice(key);
    let pad = |with: u8| block.map(|byte| byte ^ with);
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(text).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().to_vec()
}

fn signature(secret: &str, received: &Received) -> String {
    let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    assert_eq!(key.len(), 32);
    let mut text = format!("{}.{}.", received.id, received.timestamp).into_bytes();
    text.extend(&received.body);
    format!("v1,{}", STANDARD.encode(hmac(&key, &text)))
}

#[on_both]
async fn what_happens_is_sent_as_the_feed_tells_it_signed_and_of_each_thing_in_its_order(app: TestApp) {
    let app = reaching_tests(&app);
    let (wanda, tomas, receiver) = (keeper(&app).await, app.instructor("Tomas").await, receiver().await);
    let before = tomas.drafts("Before").await;
    let (webhook, secret) = creates(&wanda, &receiver.url, &[CREATED, UPDATED]).await;
    let (first, second) = (tomas.drafts("Engines").await, tomas.drafts("Looms").await);
    titles(&tomas, &first, "Steam engines").await;
    titles(&tomas, &second, "Power looms").await;
    titles(&tomas, &before, "Long before").await;
    tomas.adds_section(&first, "Not asked for").await;
    delivers(&app).await;
    let received = receiver.takes();
    let mut all = told(&received);
    for course in [&first, &second] {
        let of_it: Vec<_> = all.iter().filter(|(_, object)| object == course).cloned().collect();
        assert_eq!(of_it, [pair(CREATED, course), pair(UPDATED, course)]);
    }
    all.retain(|(_, object)| *object == before);
    assert_eq!((all, received.len()), (vec![pair(UPDATED, &before)], 5));
    let ines = app.with_permissions("Ines", &[Permission::EventsRead]).await;
    for one in &received {
        assert_eq!(one.signatures, [signature(&secret, one)]);
        assert_eq!((one.timestamp, one.content_type.as_str()), (app.world.now().timestamp(), "application/json"));
        let node = "query ($id: ID!) { node(id: $id) { ... on Event {
            id type happenedAt objectType objectId changedFields actorId } } }";
        let event = ines.ask_with(node, json!({"id": one.at("/data/id")})).await.at("/node").clone();
        let happened = event["happenedAt"].clone();
        assert_eq!(one.json(), json!({"type": event["type"], "timestamp": happened, "data": event}));
    }
    for delivery in deliveries(&wanda, &webhook).await {
        let attempt = json!({"startedAt": app.world.now().to_rfc3339(), "responseStatus": 200,
            "responseExcerpt": "status 200 said", "failure": null});
        assert_eq!((&delivery["state"], &delivery["attempts"]), (&json!("DELIVERED"), &json!([attempt])));
        assert!(received.iter().any(|one| delivery["id"] == one.id));
    }
    delivers(&app).await;
    assert_eq!(receiver.takes().len(), 0, "once is enough when it has arrived");
}

#[on_both]
async fn all_types_are_sent_where_none_is_named_and_others_from_when_they_are(app: TestApp) {
    let app = reaching_tests(&app);
    let (wanda, tomas, receiver) = (keeper(&app).await, app.instructor("Tomas").await, receiver().await);
    let (webhook, _) = creates(&wanda, &receiver.url, &[]).await;
    let course = tomas.drafts("Engines").await;
    tomas.adds_section(&course, "Beginning").await;
    delivers(&app).await;
    let types: Vec<_> = receiver.takes().iter().map(|one| one.at("/type")).collect();
    assert_eq!(types.len(), 3, "{types:?}");
    for kind in ["webhook.created.v1", CREATED, "section.created.v1"] {
        assert!(types.contains(&kind.to_string()), "{types:?}");
    }
    assert_eq!(updates(&wanda, &webhook, json!({"types": [UPDATED]})).await.user_errors(), [""; 0]);
    titles(&tomas, &course, "Looms").await;
    tomas.drafts("Not asked for").await;
    delivers(&app).await;
    assert_eq!(told(&receiver.takes()), [pair(UPDATED, &course)]);
}

#[on_both]
async fn two_secrets_sign_for_a_day_after_a_rotation_and_neither_is_kept_in_clear(app: TestApp) {
    let app = reaching_tests(&app);
    let (wanda, tomas, receiver) = (keeper(&app).await, app.instructor("Tomas").await, receiver().await);
    let (webhook, old) = creates(&wanda, &receiver.url, &[CREATED]).await;
    let rotate =
        "mutation ($id: ID!) { rotateWebhookSecret(input: {id: $id}) { secret webhook { previousSecretExpiresAt } } }";
    let answer = wanda.ask_with(rotate, json!({"id": webhook})).await;
    let new = answer.at("/rotateWebhookSecret/secret").as_str().unwrap().to_string();
    let until = (app.world.now() + Duration::hours(24)).to_rfc3339();
    assert_eq!(answer.at("/rotateWebhookSecret/webhook/previousSecretExpiresAt"), &json!(until));
    tomas.drafts("Engines").await;
    delivers(&app).await;
    let one = receiver.takes().remove(0);
    assert_eq!(one.signatures, [signature(&new, &one), signature(&old, &one)]);
    app.world.pass(Duration::hours(24));
    tomas.drafts("Looms").await;
    delivers(&app).await;
    let one = receiver.takes().remove(0);
    assert_eq!(one.signatures, [signature(&new, &one)]);
    let dump = dump(&app).await;
    assert!(dump.contains(&receiver.url));
    for secret in [old, new] {
        assert!(!dump.contains(secret.strip_prefix("whsec_").unwrap()), "a secret is kept in clear");
    }
}

#[on_both]
async fn one_tries_a_webhook_out_even_while_it_is_paused(app: TestApp) {
    let app = reaching_tests(&app);
    let (wanda, receiver) = (keeper(&app).await, receiver().await);
    let (webhook, secret) = creates(&wanda, &receiver.url, &[CREATED]).await;
    updates(&wanda, &webhook, json!({"isPaused": true})).await.data();
    let test = "mutation ($id: ID!) { testWebhook(input: {id: $id}) { delivery { id state type event { id } } } }";
    let answer = wanda.ask_with(test, json!({"id": webhook})).await;
    assert_eq!(answer.at("/testWebhook/delivery/type"), "webhook.test.v1");
    delivers(&app).await;
    let one = receiver.takes().remove(0);
    let now = app.world.now().to_rfc3339();
    assert_eq!(one.json(), json!({"type": "webhook.test.v1", "timestamp": now, "data": {"webhookId": webhook}}));
    assert_eq!(one.signatures, [signature(&secret, &one)]);
    receiver.says(500);
    app.world.pass(Duration::seconds(1));
    wanda.ask_with(test, json!({"id": webhook})).await.data();
    delivers(&app).await;
    app.world.pass(Duration::hours(1));
    delivers(&app).await;
    assert_eq!(receiver.takes().len(), 1, "a try is one attempt");
    let states: Vec<_> = deliveries(&wanda, &webhook).await.iter().map(|one| one["state"].clone()).collect();
    assert_eq!(states, ["DELIVERED", "FAILED"]);
}
