//! How much each may ask for in a minute.

use chrono::Duration;
use gateway::rates::{Rate, Rates, settle};
use kernel::Viewer;
use reqwest::{StatusCode, header};
use serde_json::{Value, json};
use testkit::{Server, TestApp, on_both};

/// Costs 41.
const DEAR: &str = "{ courses { nodes { id } } }";

/// For each person and each address this much.
fn limited(app: &TestApp, per_minute: u32) -> TestApp {
    let rate = Some(Rate { per_minute });
    app.tuned(|app| app.rates = Some(Rates::new(rate, rate)))
}

async fn asks(app: &TestApp, ip: &str, viewer: &Viewer) -> bool {
    let answer = app.ask_from(ip, viewer, DEAR, json!({})).await;
    assert!([vec![], vec!["RATE_LIMITED"]].contains(&answer.codes()), "{answer:?}");
    answer.codes().is_empty()
}

#[on_both]
async fn each_person_and_each_address_has_its_own(app: TestApp) {
    let (ada, berta) = (app.student("Ada").await.viewer, app.student("Berta").await.viewer);
    let app = limited(&app, 100);
    let (home, school, neighbour) = ("2001:db8::1", "192.0.2.1", "2001:db8::2");
    assert!(asks(&app, school, &ada).await && asks(&app, home, &ada).await);
    assert!(!asks(&app, school, &ada).await && !asks(&app, home, &ada).await, "wherever she is");
    assert!(asks(&app, school, &berta).await && asks(&app, school, &berta).await);
    assert!(asks(&app, school, &Viewer::Anonymous).await, "those who are signed in are not the school's address");
    assert!(asks(&app, home, &Viewer::Anonymous).await && asks(&app, neighbour, &Viewer::Anonymous).await);
    assert!(!asks(&app, home, &Viewer::Anonymous).await, "one household");
    app.world.pass(Duration::seconds(60));
    assert!(asks(&app, school, &ada).await && asks(&app, home, &Viewer::Anonymous).await);
}

#[on_both]
async fn who_is_refused_hears_when_to_come_back(app: TestApp) {
    let server = Server::start(&limited(&app, 60)).await;
    let ask = async || server.post(&json!({"query": "{ courses { nodes { id } } }"})).await;
    assert_eq!(ask().await.status(), StatusCode::OK);
    let refused = ask().await;
    assert_eq!(
        (refused.status(), refused.headers()[header::RETRY_AFTER].to_str().unwrap()),
        (StatusCode::TOO_MANY_REQUESTS, "22")
    );
    let refused: Value = refused.json().await.unwrap();
    assert_eq!(refused["errors"][0]["extensions"], json!({"code": "RATE_LIMITED", "retryAfterSeconds": 22}));
    app.world.pass(Duration::seconds(22));
    assert_eq!(ask().await.status(), StatusCode::OK);
    server.stop().await;
}

#[on_both]
async fn what_can_not_run_costs_a_little(app: TestApp) {
    let app = limited(&app, 3);
    for _ in 0..3 {
        assert_eq!(app.ask("{").await.codes(), ["GRAPHQL_PARSE_FAILED"]);
    }
    assert_eq!(app.ask("{").await.codes(), ["RATE_LIMITED"]);
}

#[on_both]
async fn two_gateways_add_up(app: TestApp) {
    let ada = app.student("Ada").await.viewer;
    let (one, other) = (limited(&app, 100), limited(&app, 100));
    assert!(asks(&one, "192.0.2.1", &ada).await && asks(&other, "192.0.2.1", &ada).await);
    for gateway in [&one, &other, &one] {
        settle(&gateway.app).await.unwrap();
    }
    // 18 of 100 are left; the first has heard of the other's by asking itself.
    assert!(!asks(&other, "192.0.2.1", &ada).await);
    app.world.pass(Duration::seconds(20));
    assert!(asks(&one, "192.0.2.1", &ada).await);
    settle(&one.app).await.unwrap();
    app.world.pass(Duration::seconds(60));
    app.app.write_as_system(accounts::purge_tokens).await.unwrap();
    assert!(!crate::dump::dump(&app).await.contains("rate_buckets."));
}

#[on_both]
async fn who_wants_to_know_hears_what_it_cost(app: TestApp) {
    let server = Server::start(&limited(&app, 1_000)).await;
    let ask = server.client.post(format!("{}/graphql", server.url)).header("x-lectern-cost", "1");
    let answer: Value =
        ask.json(&json!({"query": "{ a: courses { nodes { id } } }"})).send().await.unwrap().json().await.unwrap();
    let cost = json!({
        "cost": 41,
        "limit": 10_000,
        "perMinute": {"limit": 1_000, "remaining": 959},
        "depth": {"used": 3, "limit": 20},
        "selections": {"used": 3, "limit": 2_000},
        "aliases": {"used": 1, "limit": 30},
        "directives": {"used": 0, "limit": 50},
    });
    assert_eq!(answer["extensions"]["cost"], cost);
    let silent: Value = server.post(&json!({"query": "{ __typename }"})).await.json().await.unwrap();
    assert_eq!(silent, json!({"data": {"__typename": "Query"}}));
    server.stop().await;
}
