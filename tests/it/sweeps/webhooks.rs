//! Webhooks, for the sweeps.

use kernel::{Live, Permission, Viewer};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

use super::{
    audited::{
        Trail::{self, Records},
        mutation, ready,
    },
    needs::Without::{self, Refused},
    stranger::Attempt::{self, Turned},
};

const URL: &str = "url: \"https://example.org/hook\"";

/// A webhook of somebody of this name, and a delivery that waits.
pub async fn tried(app: &TestApp, name: &str) -> [String; 2] {
    with_delivery(&app.with_permissions(name, &[Permission::WebhooksManage]).await).await
}

async fn with_delivery(wanda: &Person) -> [String; 2] {
    let create = format!("mutation {{ createWebhook(input: {{{URL}}}) {{ webhook {{ id }} }} }}");
    let webhook = wanda.ask(&create).await.at("/createWebhook/webhook/id").as_str().unwrap().to_string();
    let test = format!("mutation {{ testWebhook(input: {{id: \"{webhook}\"}}) {{ delivery {{ id }} }} }}");
    let delivery = wanda.ask(&test).await.at("/testWebhook/delivery/id").as_str().unwrap().to_string();
    [webhook, delivery]
}

/// As if they had made all webhooks.
pub async fn belong_to(app: &TestApp, person: &Person) {
    let id = crate::conventions::dictionary::uuid_literal(app.db().backend(), person.id.0);
    app.db().write().execute_unprepared(&format!("UPDATE webhooks SET user_id = {id}")).await.unwrap();
}

const OF_ONE: [(&str, &str); 4] =
    [("deleteWebhook", ""), ("rotateWebhookSecret", ""), ("testWebhook", ""), ("updateWebhook", ", isPaused: true")];

/// A webhook that the stranger does not see, and a delivery to it.
pub async fn attempts(app: &TestApp) -> Vec<(&'static str, Attempt)> {
    let [webhook, delivery] = tried(app, "Wanda").await;
    let of_one = OF_ONE
        .map(|(name, more)| (name, Turned(vec![mutation(name, &format!("id: \"{webhook}\"{more}"))], &["NOT_FOUND"])));
    let redelivers = vec![mutation("redeliver", &format!("id: \"{delivery}\""))];
    let mut all = Vec::from(of_one);
    all.push(("redeliver", Turned(redelivers, &["NOT_FOUND"])));
    all.push(("createWebhook", Turned(vec![mutation("createWebhook", URL)], &["FORBIDDEN"])));
    all
}

/// All that there is of them.
pub async fn everything(app: &TestApp) -> Value {
    let webhooks = webhooks::webhook::Entity::live().all(app.db().read()).await.unwrap();
    let deliveries =
        webhooks::webhook_delivery::Entity::visible_to(&Viewer::System).all(app.db().read()).await.unwrap();
    json!([format!("{webhooks:?}"), format!("{deliveries:?}")])
}

/// For `needs.rs`.
pub fn probes([webhook, delivery]: &[String; 2]) -> Vec<(&'static str, (String, Without))> {
    let told = format!("{{ webhookDeliveries(webhookId: \"{webhook}\") {{ totalCount }} }}");
    let of_one = |name: &str, more: &str| mutation(name, &format!("id: \"{webhook}\"{more}"));
    vec![
        ("Query.webhooks", ("{ webhooks { totalCount } }".into(), Refused("FORBIDDEN"))),
        ("Query.webhookDeliveries", (told, Refused("FORBIDDEN"))),
        ("Mutation.createWebhook", (mutation("createWebhook", URL), Refused("FORBIDDEN"))),
        ("Mutation.deleteWebhook", (of_one("deleteWebhook", ""), Refused("NOT_FOUND"))),
        ("Mutation.redeliver", (mutation("redeliver", &format!("id: \"{delivery}\"")), Refused("NOT_FOUND"))),
        ("Mutation.rotateWebhookSecret", (of_one("rotateWebhookSecret", ""), Refused("NOT_FOUND"))),
        ("Mutation.testWebhook", (of_one("testWebhook", ""), Refused("NOT_FOUND"))),
        ("Mutation.updateWebhook", (of_one("updateWebhook", ", isPaused: true"), Refused("NOT_FOUND"))),
    ]
}

macro_rules! records {
    ($name:literal, $action:literal, $more:literal) => {
        (
            $name,
            Records(
                $action,
                ready!(|app| {
                    let wanda = app.with_permissions("Wanda", &[Permission::WebhooksManage]).await;
                    let [webhook, _] = with_delivery(&wanda).await;
                    (wanda.viewer, mutation($name, &format!("id: \"{webhook}\"{}", $more)))
                }),
            ),
        )
    };
}

pub fn of_webhooks() -> [(&'static str, Trail); 6] {
    [
        (
            "createWebhook",
            Records(
                "webhook.created",
                ready!(|app| {
                    let wanda = app.with_permissions("Wanda", &[Permission::WebhooksManage]).await;
                    (wanda.viewer, mutation("createWebhook", URL))
                }),
            ),
        ),
        records!("deleteWebhook", "webhook.deleted", ""),
        records!("rotateWebhookSecret", "webhook.secret_rotated", ""),
        records!("testWebhook", "webhook.tested", ""),
        records!("updateWebhook", "webhook.updated", ", isPaused: true"),
        (
            "redeliver",
            Records(
                "webhook.redelivered",
                ready!(|app| {
                    let wanda = app.with_permissions("Wanda", &[Permission::WebhooksManage]).await;
                    let [_, delivery] = with_delivery(&wanda).await;
                    (wanda.viewer, mutation("redeliver", &format!("id: \"{delivery}\"")))
                }),
            ),
        ),
    ]
}
