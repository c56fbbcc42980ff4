//! Programs of others are told of what happens.

mod asking;
mod delivering;
mod keeping;
mod reaching;
mod retrying;

use gateway::{
    mail::{Mailer, Settings},
    webhooks::deliver_due,
};
use kernel::Permission;
use serde_json::{Value, json};
use testkit::{Person, Received, Receiver, TestApp};
use webhooks::{Reach, sending::Sender};

/// The same school, whose webhooks may go where the tests listen.
fn reaching_tests(app: &TestApp) -> TestApp {
    sending_by(app, Sender::new(Reach::Anywhere).unwrap())
}

fn sending_by(app: &TestApp, sender: Sender) -> TestApp {
    app.tuned(|tuned| {
        let settings = Settings { outbox: app.outbox.clone(), ..Settings::default() };
        tuned.mailer = Mailer::new(settings, app.world.clone()).unwrap();
        tuned.webhooks = sender;
    })
}

async fn keeper(app: &TestApp) -> Person {
    app.with_permissions("Wanda", &[Permission::WebhooksManage]).await
}

const CREATE: &str = "mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) {
    webhook { id } secret userErrors { code field message } } }";

/// The ids of a new webhook, and its secret.
async fn creates(person: &Person, url: &str, types: &[&str]) -> (String, String) {
    let answer = person.ask_with(CREATE, json!({"input": {"url": url, "types": types}})).await;
    let text = |pointer: &str| answer.at(pointer).as_str().unwrap_or_else(|| panic!("{answer:?}")).to_string();
    (text("/createWebhook/webhook/id"), text("/createWebhook/secret"))
}

async fn updates(person: &Person, webhook: &str, mut change: Value) -> testkit::Answer {
    change["id"] = json!(webhook);
    let query = "mutation ($input: UpdateWebhookInput!) { updateWebhook(input: $input) {
        webhook { isPaused pauseReason firstFailureAt } userErrors { code field } } }";
    person.ask_with(query, json!({"input": change})).await
}

async fn delivers(app: &TestApp) {
    deliver_due(&app.app).await.unwrap();
}

/// How the webhook does.
async fn state_of(person: &Person, webhook: &str) -> Value {
    let query = "query ($id: ID!) { node(id: $id) { ... on Webhook { isPaused pauseReason firstFailureAt } } }";
    person.ask_with(query, json!({"id": webhook})).await.at("/node").clone()
}

/// What it was told and is to be told, oldest first.
async fn deliveries(person: &Person, webhook: &str) -> Vec<Value> {
    let query = "query ($id: ID!) { webhookDeliveries(webhookId: $id, last: 100) { nodes {
        id type objectId state nextAttemptAt finishedAt
        attempts { startedAt responseStatus responseExcerpt failure } } } }";
    let answer = person.ask_with(query, json!({"id": webhook})).await;
    let mut nodes = answer.at("/webhookDeliveries/nodes").as_array().unwrap().clone();
    nodes.reverse();
    nodes
}

/// Titles a course anew.
async fn titles(person: &Person, course: &str, title: &str) {
    let change = format!(
        "mutation {{ updateCourse(input: {{id: \"{course}\", title: \"{title}\"}}) {{ userErrors {{ code }} }} }}"
    );
    assert_eq!(person.ask(&change).await.user_errors(), [""; 0]);
}

/// Types and things, in the order in which they were received.
fn told(received: &[Received]) -> Vec<(String, String)> {
    received.iter().map(|one| (one.at("/type"), one.at("/data/objectId"))).collect()
}

const CREATED: &str = "course.created.v1";
const UPDATED: &str = "course.updated.v1";

fn pair(kind: &str, course: &str) -> (String, String) {
    (kind.into(), course.into())
}

async fn receiver() -> Receiver {
    Receiver::start().await
}
