//! What staff sees of the queue, and what it can do.

use chrono::Duration;
use kernel::{
    EntityId,
    jobs::{claim, fail},
};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::{PurgeJobs, Unknown, enqueue};

const RETRY: &str = "mutation ($id: ID!) { retryJob(input: {id: $id}) {
  job { id status attempts maxAttempts runAt finishedAt } userErrors { code field } } }";

async fn listed(person: &Person, arguments: &str) -> Value {
    let fields = "id kind payload status attempts maxAttempts runAt lastError createdAt finishedAt";
    let answer = person.ask(&format!("{{ jobs{arguments} {{ totalCount nodes {{ {fields} }} }} }}")).await;
    answer.at("/jobs").clone()
}

/// Fails as often as it may, however long that takes.
async fn die(app: &TestApp) {
    for _ in 0..3 {
        let taken = app.app.write_as_system(async |tx| {
            let job = claim(tx, gateway::jobs::LEASES).await?.unwrap();
            fail(tx, &job, "Out of ink.", false).await
        });
        taken.await.unwrap();
        app.world.pass(Duration::minutes(1));
    }
}

#[on_both]
async fn a_dead_letter_is_seen_and_sent_again(app: TestApp) {
    let id = enqueue(&app, PurgeJobs {}).await.to_wire();
    die(&app).await;
    let root = app.admin("Root").await;
    let dead = json!({"totalCount": 1, "nodes": [{
        "id": id, "kind": "purge_jobs", "payload": {}, "status": "DEAD", "attempts": 3, "maxAttempts": 3,
        "runAt": listed(&root, "").await["nodes"][0]["runAt"], "lastError": "Out of ink.",
        "createdAt": "2026-07-01T12:00:00+00:00", "finishedAt": "2026-07-01T12:02:00+00:00"
    }]});
    assert_eq!(listed(&root, "(filter: {status: DEAD})").await, dead);
    let answer = root.ask_with(RETRY, json!({"id": id})).await;
    let queued = json!({"id": id, "status": "QUEUED", "attempts": 0, "maxAttempts": 3,
        "runAt": "2026-07-01T12:03:00+00:00", "finishedAt": null});
    assert_eq!(answer.at("/retryJob"), &json!({"job": queued, "userErrors": []}));
    assert_eq!(app.run_jobs().await, ["purge_jobs"]);
    let done = &listed(&root, "(filter: {status: DONE})").await["nodes"][0];
    assert_eq!((&done["id"], &done["attempts"], &done["lastError"]), (&json!(id), &json!(1), &Value::Null));
    assert_eq!(listed(&root, "(filter: {status: DEAD})").await["totalCount"], 0);
    let node =
        root.ask_with("query ($id: ID!) { node(id: $id) { ... on Job { kind status } } }", json!({"id": id})).await;
    assert_eq!(node.data(), &json!({"node": {"kind": "purge_jobs", "status": "DONE"}}));
}

#[on_both]
async fn only_the_dead_are_sent_again_and_none_that_waits_already(app: TestApp) {
    let root = app.admin("Root").await;
    let queued = enqueue(&app, PurgeJobs {}).await.to_wire();
    let refused = |code: &str| json!({"job": null, "userErrors": [{"code": code, "field": ["input", "id"]}]});
    let before = listed(&root, "").await;
    let answer = root.ask_with(RETRY, json!({"id": queued})).await;
    assert_eq!(answer.at("/retryJob"), &refused("JOB_NOT_DEAD"));
    assert_eq!(listed(&root, "").await, before);

    app.db().write().execute_unprepared("DELETE FROM jobs").await.unwrap();
    let now = kernel::World::now(&*app.world);
    let once = async || {
        let id = app.app.write_as_system(async |tx| tx.enqueue_once("key", &Unknown {}, now).await).await;
        id.unwrap().unwrap().to_wire()
    };
    let dead = once().await;
    app.run_jobs().await;
    once().await;
    let answer = root.ask_with(RETRY, json!({"id": dead})).await;
    assert_eq!(answer.at("/retryJob"), &refused("JOB_QUEUED_ALREADY"));
    let unknown = kernel::JobId(uuid::Uuid::nil()).to_wire();
    assert_eq!(root.ask_with(RETRY, json!({"id": unknown})).await.codes(), ["NOT_FOUND"]);
}

#[on_both]
async fn the_newest_comes_first_and_the_filter_narrows(app: TestApp) {
    let root = app.admin("Root").await;
    let mut ids = vec![];
    for _ in 0..2 {
        ids.insert(0, json!(enqueue(&app, PurgeJobs {}).await.to_wire()));
        app.world.pass(Duration::seconds(1));
        ids.insert(0, json!(enqueue(&app, Unknown {}).await.to_wire()));
        app.world.pass(Duration::seconds(1));
    }
    let of = async |arguments: &str| {
        let list = listed(&root, arguments).await;
        let nodes: Vec<_> = list["nodes"].as_array().unwrap().iter().map(|node| node["id"].clone()).collect();
        (nodes, list["totalCount"].clone())
    };
    assert_eq!(of("").await, (ids.clone(), json!(4)));
    assert_eq!(of("(first: 1)").await, (ids[..1].to_vec(), json!(4)));
    assert_eq!(of("(last: 1)").await, (ids[3..].to_vec(), json!(4)));
    let purges = vec![ids[1].clone(), ids[3].clone()];
    assert_eq!(of("(filter: {kind: \"purge_jobs\"})").await, (purges, json!(2)));
    assert_eq!(of("(filter: {kind: \"purge_jobs\", status: DEAD})").await, (vec![], json!(0)));
}

#[on_both]
async fn whom_a_letter_is_for_is_not_shown(app: TestApp) {
    let root = app.admin("Root").await;
    let letter = accounts::Letter::AccountDeleted { email: "ada@example.org".into(), name: "Ada Lovelace".into() };
    enqueue(&app, letter).await;
    let payload = listed(&root, "").await["nodes"][0]["payload"].clone();
    assert_eq!(payload, json!({"letter": "account_deleted", "email": "a***@example.org", "name": "A***"}));
}

#[on_both]
async fn it_is_not_for_others(app: TestApp) {
    let id = enqueue(&app, Unknown {}).await.to_wire();
    app.run_jobs().await;
    let (root, teacher) = (app.admin("Root").await, app.instructor("Tomas").await);
    let before = listed(&root, "").await;
    assert_eq!(teacher.ask("{ jobs { totalCount } }").await.codes(), ["FORBIDDEN"]);
    assert_eq!(teacher.ask_with(RETRY, json!({"id": id})).await.codes(), ["NOT_FOUND"]);
    let node = teacher.ask_with("query ($id: ID!) { node(id: $id) { id } }", json!({"id": id})).await;
    assert_eq!(node.data(), &json!({"node": null}));
    assert_eq!(listed(&root, "").await, before);
}
