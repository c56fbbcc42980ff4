//! Who keeps webhooks, and whose they are.

use kernel::Permission;
use serde_json::json;
use testkit::{TestApp, on_both};

use super::{CREATE, CREATED, creates, deliveries, delivers, keeper, reaching_tests, receiver, state_of, updates};

fn of_one(name: &str, id: &str) -> String {
    format!("mutation {{ {name}(input: {{id: \"{id}\"}}) {{ userErrors {{ code }} }} }}")
}

/// Whoever could change another's would see with their eyes.
#[on_both]
async fn only_its_owner_changes_a_webhook_and_others_may_stop_it(app: TestApp) {
    let app = reaching_tests(&app);
    let (wanda, tomas, receiver) = (keeper(&app).await, app.instructor("Tomas").await, receiver().await);
    let (other, ada) = (app.with_permissions("Otto", &[Permission::WebhooksManage]).await, app.student("Ada").await);
    let (webhook, _) = creates(&wanda, &receiver.url, &[CREATED]).await;
    tomas.drafts("Engines").await;
    delivers(&app).await;
    let delivery = deliveries(&wanda, &webhook).await[0]["id"].as_str().unwrap().to_string();
    assert_eq!(updates(&other, &webhook, json!({"url": "https://example.org"})).await.codes(), ["FORBIDDEN"]);
    for (name, id) in [("rotateWebhookSecret", &webhook), ("testWebhook", &webhook), ("redeliver", &delivery)] {
        assert_eq!(other.ask(&of_one(name, id)).await.codes(), ["FORBIDDEN"], "{name}");
        assert_eq!(ada.ask(&of_one(name, id)).await.codes(), ["NOT_FOUND"], "{name}");
    }
    let list = "{ webhooks { totalCount nodes { id url owner { name } } } }";
    let owner = json!({"id": webhook, "url": receiver.url, "owner": {"name": "Wanda"}});
    assert_eq!(other.ask(list).await.at("/webhooks"), &json!({"totalCount": 1, "nodes": [owner]}));
    assert_eq!(ada.ask(list).await.codes(), ["FORBIDDEN"]);
    for id in [&webhook, &delivery] {
        let node = ada.ask_with("query ($id: ID!) { node(id: $id) { id } }", json!({"id": id})).await;
        assert_eq!(node.at("/node"), &json!(null));
    }
    assert_eq!(ada.ask(&of_one("deleteWebhook", &webhook)).await.codes(), ["NOT_FOUND"]);
    assert_eq!(other.ask(&of_one("deleteWebhook", &webhook)).await.user_errors(), [""; 0]);
    receiver.takes();
    tomas.drafts("Looms").await;
    delivers(&app).await;
    assert_eq!(receiver.takes().len(), 0);
    assert_eq!(wanda.ask(&of_one("testWebhook", &webhook)).await.codes(), ["NOT_FOUND"]);
    assert_eq!(wanda.ask(list).await.at("/webhooks/totalCount"), 0);
}

/// A token has some of its owner's rights, and a query has all of them.
#[on_both]
async fn a_program_keeps_webhooks_without_a_query(app: TestApp) {
    let app = reaching_tests(&app);
    let (wanda, receiver) = (keeper(&app).await, receiver().await);
    let program = app.viewer_of(&wanda.creates_token(&["webhooks.manage"]).await).await.unwrap();
    let with = |query: Option<&str>| json!({"input": {"url": receiver.url, "query": query}});
    let made = app.ask_as(&program, CREATE, with(None)).await;
    let own = made.at("/createWebhook/webhook/id").as_str().unwrap().to_string();
    assert_eq!(app.ask_as(&program, CREATE, with(Some("{ me { id } }"))).await.codes(), ["FORBIDDEN"]);
    let update = "mutation ($id: ID!, $query: String) { updateWebhook(input: {id: $id, query: $query, isPaused: true}) { userErrors { code } } }";
    assert_eq!(app.ask_as(&program, update, json!({"id": own, "query": "{ me { id } }"})).await.codes(), ["FORBIDDEN"]);
    assert_eq!(app.ask_as(&program, update, json!({"id": own, "query": null})).await.user_errors(), [""; 0]);
    let asking = wanda.ask_with(CREATE, with(Some("{ me { id } }"))).await;
    let asking = asking.at("/createWebhook/webhook/id").as_str().unwrap().to_string();
    assert_eq!(app.ask_as(&program, update, json!({"id": asking, "query": null})).await.codes(), ["FORBIDDEN"]);
    assert_eq!(app.ask_as(&program, &of_one("rotateWebhookSecret", &asking), json!({})).await.codes(), ["FORBIDDEN"]);
    assert_eq!(state_of(&wanda, &asking).await["isPaused"], false);
}

#[on_both]
async fn one_has_twenty_and_unknown_types_are_named(app: TestApp) {
    let wanda = keeper(&app).await;
    let types =
        json!({"input": {"url": "https://example.org/", "types": [CREATED, "course.flown.v1", "course.created"]}});
    let answer = wanda.ask_with(CREATE, types).await;
    let errors = answer.at("/createWebhook/userErrors").as_array().unwrap();
    let fields: Vec<_> = errors.iter().map(|error| error["field"].clone()).collect();
    assert_eq!(answer.user_errors(), ["WEBHOOK_TYPE_UNKNOWN"; 2]);
    assert_eq!(fields, [json!(["input", "types", "1"]), json!(["input", "types", "2"])]);
    for number in 0..20 {
        creates(&wanda, &format!("https://example.org/{number}"), &[]).await;
    }
    let input = json!({"input": {"url": "https://example.org/"}});
    assert_eq!(wanda.ask_with(CREATE, input.clone()).await.user_errors(), ["TOO_MANY_WEBHOOKS"]);
    let first = wanda.ask("{ webhooks(last: 1) { nodes { id } } }").await.at("/webhooks/nodes/0/id").clone();
    assert_eq!(wanda.ask(&of_one("deleteWebhook", first.as_str().unwrap())).await.user_errors(), [""; 0]);
    assert_eq!(wanda.ask_with(CREATE, input).await.user_errors(), [""; 0]);
}

/// Nothing is left of them when their owner is gone.
#[on_both]
async fn webhooks_go_with_their_owner(app: TestApp) {
    let app = reaching_tests(&app);
    let (wanda, root, tomas, receiver) =
        (keeper(&app).await, app.admin("Root").await, app.instructor("Tomas").await, receiver().await);
    let (webhook, _) = creates(&wanda, &receiver.url, &[CREATED]).await;
    tomas.drafts("Engines").await;
    delivers(&app).await;
    app.erases(&wanda).await;
    receiver.takes();
    tomas.drafts("Looms").await;
    delivers(&app).await;
    assert_eq!(receiver.takes().len(), 0);
    let node = root.ask_with("query ($id: ID!) { node(id: $id) { id } }", json!({"id": webhook})).await;
    assert_eq!(node.at("/node"), &json!(null));
}
