//! What somebody is told of their devices, and where they seem to be.

use std::sync::Arc;

use chrono::Duration;
use reqwest::header;
use serde_json::{Value, json};
use testkit::{Server, TestApp, on_both};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
const LOGIN: &str = "mutation { login(input: {email: \"ada@example.org\", password: \"correct horse\"}) { outcome { ... on Session { accessToken } } } }";
const REGISTER: &str =
    "mutation { register(input: {email: \"ada@example.org\", password: \"correct horse\"}) { userErrors { code } } }";

async fn posts(server: &Server, token: Option<&str>, headers: &[(&str, &str)], query: &str) -> Value {
    let mut request = server.client.post(format!("{}/graphql", server.url)).json(&json!({"query": query}));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let answer: Value = request.send().await.unwrap().json().await.unwrap();
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"].clone()
}

async fn signs_in(server: &Server, headers: &[(&str, &str)]) -> String {
    let answer = posts(server, None, headers, LOGIN).await;
    answer["login"]["outcome"]["accessToken"].as_str().unwrap().to_string()
}

#[on_both]
async fn devices_have_a_name_and_an_address(app: TestApp) {
    let server = Server::start(&app).await;
    app.ask(REGISTER).await.data();
    signs_in(&server, &[(header::USER_AGENT.as_str(), FIREFOX)]).await;
    app.world.pass(Duration::seconds(1));
    let token = signs_in(&server, &[("x-forwarded-for", "203.0.113.66")]).await;
    let mine = "{ mySessions { nodes { deviceName userAgent ipAddress } } }";
    let answer = posts(&server, Some(&token), &[], mine).await;
    // Nobody has configured a proxy: what the header says is not believed.
    let wanted = json!([
        {"deviceName": "Unknown device", "userAgent": "", "ipAddress": "127.0.0.1"},
        {"deviceName": "Firefox on Linux", "userAgent": FIREFOX, "ipAddress": "127.0.0.1"},
    ]);
    assert_eq!(answer["mySessions"]["nodes"], wanted);
    server.stop().await;
}

#[on_both]
async fn behind_proxies_the_address_is_the_one_they_vouch_for(app: TestApp) {
    app.ask(REGISTER).await.data();
    for (proxies, header, wanted) in [
        (1, "203.0.113.66, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.66, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "203.0.113.66", "127.0.0.1"),
        (1, "[2001:db8::1]:443", "2001:db8::1"),
    ] {
        let mut behind = gateway::app::App::new(app.db().clone(), app.world.clone(), 2, &app.data).unwrap();
        behind.trusted_proxies = proxies;
        let mut there = app.clone();
        there.app = Arc::new(behind);
        let server = Server::start(&there).await;
        app.world.pass(Duration::seconds(1));
        let token = signs_in(&server, &[("x-forwarded-for", header)]).await;
        let answer = posts(&server, Some(&token), &[], "{ mySessions(first: 1) { nodes { ipAddress } } }").await;
        assert_eq!(answer["mySessions"]["nodes"][0]["ipAddress"], wanted, "{proxies} {header}");
        server.stop().await;
    }
}

#[on_both]
async fn the_last_use_is_at_most_a_minute_behind_and_not_written_each_time(app: TestApp) {
    let (server, ada) = (Server::start(&app).await, app.student("Ada").await);
    let mine = "{ mySessions { nodes { lastActivityAt updatedAt } } }";
    let uses = async || posts(&server, Some(&ada.tokens.access), &[], mine).await["mySessions"]["nodes"][0].clone();
    app.world.pass(Duration::seconds(59));
    let (seen, statements) = app.statements(uses()).await;
    assert_eq!(seen["lastActivityAt"], "2026-07-01T12:00:00+00:00");
    assert!(!statements.iter().any(|sql| sql.contains("UPDATE \"user_sessions\"")), "{statements:#?}");
    app.world.pass(Duration::seconds(1));
    // Nobody waits for it to be noted, so it may come after the answer.
    let noted = async {
        while uses().await["lastActivityAt"] != "2026-07-01T12:01:00+00:00" {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), noted).await.expect("the use was not noted");
    assert_eq!(uses().await["updatedAt"], "2026-07-01T12:00:00+00:00");
    server.stop().await;
}
