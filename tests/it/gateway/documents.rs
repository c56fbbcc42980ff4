//! Documents that are named instead of sent, and the list of those that may run.

use accounts::token_hash;
use gateway::graphql::{Documents, Trusted};
use reqwest::{StatusCode, header};
use serde_json::{Value, json};
use testkit::{Server, TestApp, on_both};

use super::socket::{open, receive, send};

const QUERY: &str = "query A($n: Int) { courses(first: $n) { totalCount } }";

fn named(hash: &str) -> Value {
    json!({"persistedQuery": {"version": 1, "sha256Hash": hash}})
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
}

#[on_both]
async fn a_document_that_was_sent_with_its_hash_need_not_be_sent_again(app: TestApp) {
    let server = Server::start(&app).await;
    let post = async |body: Value| server.post(&body).await.json::<Value>().await.unwrap();
    let hash = token_hash(QUERY);
    let unknown = server.post(&json!({"extensions": named(&hash)})).await;
    assert_eq!(unknown.status(), StatusCode::OK);
    let unknown: Value = unknown.json().await.unwrap();
    assert_eq!(
        (code(&unknown), &unknown["errors"][0]["message"]),
        ("PERSISTED_QUERY_NOT_FOUND", &json!("PersistedQueryNotFound"))
    );
    let whole = json!({"data": {"courses": {"totalCount": 0}}});
    assert_eq!(post(json!({"query": QUERY, "extensions": named(&hash)})).await, whole);
    assert_eq!(post(json!({"extensions": named(&hash), "variables": {"n": 3}})).await, whole);
    assert_eq!(post(json!({"extensions": named(&hash.to_uppercase()), "query": null})).await, whole);
    let extensions = named(&hash).to_string();
    let by_get = server.client.get(format!("{}/graphql", server.url)).query(&[("extensions", extensions.as_str())]);
    assert_eq!(by_get.send().await.unwrap().json::<Value>().await.unwrap(), whole);
    let mut socket = open(&server, json!({})).await;
    send(&mut socket, json!({"id": "1", "type": "subscribe", "payload": {"extensions": named(&hash)}})).await;
    assert_eq!(receive(&mut socket).await["payload"], whole);
    server.stop().await;
}

#[on_both]
async fn a_text_is_only_kept_under_its_own_hash_and_if_it_may_run(app: TestApp) {
    let server = Server::start(&app).await;
    let post = async |body: Value| server.post(&body).await.json::<Value>().await.unwrap();
    let hash = token_hash(QUERY);
    assert_eq!(code(&post(json!({"query": "{ __typename }", "extensions": named(&hash)})).await), "BAD_REQUEST");
    for broken in ["{", "{ me { id } }"] {
        let hash = token_hash(broken);
        post(json!({"query": broken, "extensions": named(&hash)})).await;
        assert_eq!(code(&post(json!({"extensions": named(&hash)})).await), "PERSISTED_QUERY_NOT_FOUND", "{broken}");
    }
    for wrong in
        [json!(1), json!({}), json!({"version": 2, "sha256Hash": hash}), json!({"version": 1, "sha256Hash": 1})]
    {
        let answer = post(json!({"query": QUERY, "extensions": {"persistedQuery": wrong}})).await;
        assert_eq!(code(&answer), "BAD_REQUEST", "{wrong}");
    }
    server.stop().await;
}

#[on_both]
async fn what_is_known_has_bounded_room(app: TestApp) {
    let app = app.tuned(|app| app.documents = Documents::new(2_000));
    let server = Server::start(&app).await;
    for n in 0..200 {
        let query = format!("{{ courses(first: 1) {{ totalCount }} }} # {n}{}", " ".repeat(200));
        server.post(&json!({"query": query, "extensions": named(&token_hash(&query))})).await;
    }
    let mut known = 0;
    for n in 0..200 {
        let query = format!("{{ courses(first: 1) {{ totalCount }} }} # {n}{}", " ".repeat(200));
        let answer: Value = server.post(&json!({"extensions": named(&token_hash(&query))})).await.json().await.unwrap();
        known += u32::from(answer.get("errors").is_none());
    }
    assert!(known < 200, "all were kept");
    server.stop().await;
}

#[on_both]
async fn with_a_list_nothing_else_runs(app: TestApp) {
    let list = Trusted::parse(&json!({"hello": QUERY}).to_string()).unwrap();
    let app = app.tuned(|app| app.documents = Documents::new(1 << 20).trusting(list));
    let server = Server::start(&app).await;
    let post = async |body: Value| server.post(&body).await.json::<Value>().await.unwrap();
    let whole = json!({"data": {"courses": {"totalCount": 0}}});
    assert_eq!(post(json!({"query": QUERY})).await, whole);
    assert_eq!(post(json!({"extensions": named("hello")})).await, whole);
    for other in ["{ __typename }", "{ __schema { types { name } } }", ""] {
        let answer = post(json!({"query": other, "extensions": {}})).await;
        assert_eq!(code(&answer), "PERSISTED_QUERY_NOT_IN_LIST", "{other}");
        let hash = named(&token_hash(other));
        post(json!({"query": other, "extensions": hash})).await;
        assert_eq!(code(&post(json!({"extensions": hash})).await), "PERSISTED_QUERY_NOT_FOUND", "{other}");
    }
    let mut socket = open(&server, json!({})).await;
    send(&mut socket, json!({"id": "1", "type": "subscribe", "payload": {"query": "{ __typename }"}})).await;
    assert_eq!(receive(&mut socket).await["payload"][0]["extensions"]["code"], "PERSISTED_QUERY_NOT_IN_LIST");
    assert_eq!(server.get("/").await.status(), StatusCode::NOT_FOUND, "there is nothing to try");
    server.stop().await;
}

#[on_both]
async fn the_schema_and_the_page_can_be_kept_from_everybody(app: TestApp) {
    let app = app.tuned(|app| {
        app.limits.introspection = false;
        app.has_graphiql = false;
    });
    for query in
        ["{ __schema { types { name } } }", "{ ...f } fragment f on Query { x: __type(name: \"User\") { name } }"]
    {
        assert_eq!(app.ask(query).await.codes(), ["FORBIDDEN"], "{query}");
    }
    app.ask("{ __typename courses { __typename } }").await.data();
    let server = Server::start(&app).await;
    let page = server.client.get(format!("{}/graphql", server.url)).header(header::ACCEPT, "text/html");
    assert_eq!(page.send().await.unwrap().status(), StatusCode::NOT_ACCEPTABLE);
    for path in ["/", "/schema.graphql", "/graphiql/graphiql.js"] {
        assert_eq!(server.get(path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    server.stop().await;
}
