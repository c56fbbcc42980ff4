//! What is sent is what the owner may see, at that moment.

use kernel::Permission;
use serde_json::{Value, json};
use testkit::{Person, Receiver, TestApp, on_both};

use super::{
    CREATE, CREATED, UPDATED, deliveries, delivers, keeper, reaching_tests, receiver, state_of, titles, updates,
};

const TITLE: &str = "query ($id: ID!, $event: ID!, $type: String!) {
    node(id: $id) { ... on Course { title } } event: node(id: $event) { id } again: node(id: $id) @skip(if: true) { id }
    me { email } events(types: [$type], first: 1) { nodes { type } } }";
const ONLY_TITLE: &str = "query Title($id: ID!) { node(id: $id) { ... on Course { title } } }";

async fn asks(person: &Person, receiver: &Receiver, query: &str) -> String {
    let input = json!({"url": receiver.url, "types": [CREATED, UPDATED], "query": query});
    let answer = person.ask_with(CREATE, json!({"input": input})).await;
    answer.at("/createWebhook/webhook/id").as_str().unwrap_or_else(|| panic!("{answer:?}")).to_string()
}

fn data(receiver: &Receiver) -> Vec<Value> {
    receiver.takes().iter().map(|one| one.json()["data"].clone()).collect()
}

#[on_both]
async fn the_query_runs_as_the_owner_with_the_rights_of_that_moment(app: TestApp) {
    let app = reaching_tests(&app);
    let (root, tomas, receiver) = (app.admin("Root").await, app.instructor("Tomas").await, receiver().await);
    let wanda = keeper(&app).await;
    let role = root.makes_role("overseer", 500, &["courses.manage"]).await;
    assert_eq!(root.assigns(&role, &wanda.wire_id()).await.user_errors(), [""; 0]);
    let webhook = asks(&wanda.again().await, &receiver, ONLY_TITLE).await;
    let course = tomas.drafts("Engines").await;
    delivers(&app).await;
    assert_eq!(data(&receiver), [json!({"node": {"title": "Engines"}})]);
    // What counts is what is so when it is sent, the course's title and the owner's rights.
    titles(&tomas, &course, "Looms").await;
    titles(&tomas, &course, "Power looms").await;
    delivers(&app).await;
    let seen = json!({"node": {"title": "Power looms"}});
    assert_eq!(data(&receiver), [seen.clone(), seen]);
    let revoke = format!(
        "mutation {{ revokeRole(input: {{userId: \"{}\", roleId: \"{role}\"}}) {{ userErrors {{ code }} }} }}",
        wanda.wire_id()
    );
    titles(&tomas, &course, "Spinning jennies").await;
    assert_eq!(root.ask(&revoke).await.user_errors(), [""; 0]);
    delivers(&app).await;
    assert_eq!(data(&receiver), [json!({"node": null})], "a draft of somebody else");
    assert_eq!(state_of(&wanda, &webhook).await["isPaused"], false);
}

#[on_both]
async fn variables_name_the_thing_the_event_and_its_type(app: TestApp) {
    let app = reaching_tests(&app);
    let (tomas, receiver) = (app.instructor("Tomas").await, receiver().await);
    let wanda = app.with_permissions("Wanda", &[Permission::WebhooksManage, Permission::EventsRead]).await;
    asks(&wanda, &receiver, TITLE).await;
    tomas.drafts("Engines").await;
    delivers(&app).await;
    let one = receiver.takes().remove(0);
    let payload = one.json();
    assert_eq!(payload["data"]["me"]["email"], wanda.email.as_str());
    assert_eq!(payload["data"]["events"], json!({"nodes": [{"type": CREATED}]}));
    assert!(payload["data"]["event"]["id"].as_str().unwrap().starts_with("event_"), "{payload:#}");
    assert_eq!((one.at("/type").as_str(), &payload["errors"]), (CREATED, &json!(null)));
    // What goes wrong with a part of it stands beside the rest.
    asks(&wanda, &receiver, "query ($id: ID!) { me { email } coursePublishReadiness(id: $id) { ready } }").await;
    tomas.drafts("Looms").await;
    delivers(&app).await;
    let payloads: Vec<Value> = receiver.takes().iter().map(testkit::Received::json).collect();
    let with_error = payloads.iter().find(|payload| !payload["errors"].is_null()).unwrap();
    assert_eq!(with_error["errors"][0]["extensions"]["code"], "NOT_FOUND", "{with_error:#}");
    assert_eq!(with_error["data"]["me"]["email"], wanda.email.as_str());
}

#[on_both]
async fn what_can_not_be_run_is_refused_when_it_is_given(app: TestApp) {
    let app = reaching_tests(&app);
    let (wanda, receiver) = (keeper(&app).await, receiver().await);
    let deep = format!("{{ me {}id{} }}", "{ roles { role ".repeat(15), "} }".repeat(15));
    for bad in [
        "",
        "{",
        "{ nothing }",
        "{ me { nothing } }",
        "mutation { logout { userErrors { code } } }",
        "subscription { processingStatus(mediaId: \"x\") { status } }",
        "query A { me { id } } query B { me { id } }",
        "query ($other: ID!) { node(id: $other) { id } }",
        "query ($id: Int!) { me { id } }",
        "query ($id: ID!, $id: ID!) { node(id: $id) { id } }",
        deep.as_str(),
    ] {
        let input = json!({"url": receiver.url, "query": bad});
        let answer = wanda.ask_with(CREATE, json!({"input": input})).await;
        let error = answer.at("/createWebhook/userErrors/0");
        assert_eq!(
            (&error["code"], &error["field"]),
            (&json!("WEBHOOK_QUERY_INVALID"), &json!(["input", "query"])),
            "{bad}"
        );
    }
    let webhook = asks(&wanda, &receiver, ONLY_TITLE).await;
    assert_eq!(
        updates(&wanda, &webhook, json!({"query": "{ nothing }"})).await.user_errors(),
        ["WEBHOOK_QUERY_INVALID"]
    );
    assert_eq!(updates(&wanda, &webhook, json!({"query": null})).await.user_errors(), [""; 0]);
}

/// Who may not keep webhooks any more has none; and what was not sent is there when they may again.
#[on_both]
async fn a_webhook_whose_owner_may_not_have_it_is_paused(app: TestApp) {
    let app = reaching_tests(&app);
    let (root, tomas, receiver) = (app.admin("Root").await, app.instructor("Tomas").await, receiver().await);
    let wanda = keeper(&app).await;
    let webhook = asks(&wanda, &receiver, ONLY_TITLE).await;
    app.letters().await;
    let suspend = |verb: &str, more: &str| {
        format!("mutation {{ {verb}(input: {{userId: \"{}\"{more}}}) {{ userErrors {{ code }} }} }}", wanda.wire_id())
    };
    tomas.drafts("Engines").await;
    assert_eq!(root.ask(&suspend("suspendUser", ", reason: \"x\"")).await.user_errors(), [""; 0]);
    delivers(&app).await;
    assert_eq!(receiver.takes().len(), 0);
    let state = state_of(&root, &webhook).await;
    assert_eq!((&state["isPaused"], &state["pauseReason"]), (&json!(true), &json!("OWNER_LOST_RIGHTS")));
    assert!(app.letters().await.iter().any(|letter| letter.subject == "A webhook was paused"));
    assert_eq!(root.ask(&suspend("reactivateUser", "")).await.user_errors(), [""; 0]);
    updates(&wanda, &webhook, json!({"isPaused": false})).await.data();
    delivers(&app).await;
    assert_eq!(receiver.takes().len(), 1);
    assert_eq!(deliveries(&root, &webhook).await[0]["state"], "DELIVERED");
}
