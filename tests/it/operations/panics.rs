//! A panic costs the operation it happens in, and says nothing to who asked.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::SeqCst},
};

use chrono::{DateTime, Utc};
use kernel::World;
use serde_json::{Value, json};
use testkit::{Server, TestApp, TestWorld, on_both};

use crate::gateway::socket;

/// A world that breaks when somebody wants a secret of it, or anything at all.
struct Faulty {
    world: Arc<TestWorld>,
    is_broken: Arc<AtomicBool>,
}

impl World for Faulty {
    fn now(&self) -> DateTime<Utc> {
        assert!(!self.is_broken.load(SeqCst), "SELECT secret FROM /etc/passwd");
        self.world.now()
    }

    fn fill(&self, bytes: &mut [u8]) -> kernel::Result<()> {
        // The ids of requests have eight.
        assert!(bytes.len() <= 8, "SELECT secret FROM /etc/passwd");
        self.world.fill(bytes)
    }
}

fn faulty(app: &TestApp) -> (TestApp, Arc<AtomicBool>) {
    let is_broken = Arc::new(AtomicBool::new(false));
    let world = Faulty { world: app.world.clone(), is_broken: is_broken.clone() };
    (app.tuned(|app| app.world = Arc::new(world)), is_broken)
}

const CREATE: &str =
    "mutation { createApiToken(input: {name: \"Importer\", scopes: []}) { secret userErrors { code } } }";

fn internal(id: &str) -> Value {
    json!({"message": "Something went wrong on our side.",
        "extensions": {"code": "INTERNAL_SERVER_ERROR", "requestId": id}})
}

#[on_both]
async fn a_panicking_resolver_is_an_internal_error_and_nothing_is_written(app: TestApp) {
    let (broken, _) = faulty(&app);
    let (server, ada) = (Server::start(&broken).await, app.student("Ada").await);
    let ask = |id: &'static str, query: &'static str| {
        let request = server.client.post(format!("{}/graphql", server.url)).bearer_auth(&ada.tokens.access);
        request.header("x-request-id", id).json(&json!({"query": query})).send()
    };
    // More often than there are connections: none is lost with the transaction.
    for _ in 0..20 {
        let answer = ask("panicked", CREATE).await.unwrap();
        assert_eq!(answer.headers()["x-request-id"], "panicked");
        assert_eq!(answer.json::<Value>().await.unwrap(), json!({"errors": [internal("panicked")]}));
    }
    let after: Value = ask("fine", "{ myApiTokens { totalCount } }").await.unwrap().json().await.unwrap();
    assert_eq!(after, json!({"data": {"myApiTokens": {"totalCount": 0}}}));
    server.stop().await;
}

#[on_both]
async fn a_panic_over_a_socket_ends_the_operation_and_not_the_socket(app: TestApp) {
    let (broken, _) = faulty(&app);
    let (server, ada) = (Server::start(&broken).await, app.student("Ada").await);
    let mut socket = socket::open(&server, json!({"authorization": format!("Bearer {}", ada.tokens.access)})).await;
    socket::send(&mut socket, json!({"id": "1", "type": "subscribe", "payload": {"query": CREATE}})).await;
    let mut failed = socket::next(&mut socket).await;
    assert!(failed["payload"][0]["extensions"]["requestId"].take().is_string(), "{failed}");
    let mut wanted = internal("");
    wanted["extensions"]["requestId"] = Value::Null;
    assert_eq!(failed, json!({"id": "1", "type": "error", "payload": [wanted]}));
    let mine = json!({"id": "2", "type": "subscribe", "payload": {"query": "{ me { email } }"}});
    socket::send(&mut socket, mine).await;
    assert_eq!(socket::next(&mut socket).await["payload"]["data"]["me"]["email"], "ada@example.org");
    drop(socket);
    server.stop().await;
}

#[on_both]
async fn a_panic_outside_of_any_operation_is_answered_too(app: TestApp) {
    let (broken, is_broken) = faulty(&app);
    let (server, ada) = (Server::start(&broken).await, app.student("Ada").await);
    is_broken.store(true, SeqCst);
    let request = server.client.post(format!("{}/graphql", server.url)).bearer_auth(&ada.tokens.access);
    let request = request.header("x-request-id", "panicked").json(&json!({"query": "{ me { email } }"}));
    let answer = request.send().await.unwrap();
    assert_eq!((answer.status().as_u16(), &answer.headers()["x-request-id"]), (500, &"panicked".parse().unwrap()));
    assert_eq!(answer.json::<Value>().await.unwrap(), json!({"errors": [internal("panicked")]}));
    is_broken.store(false, SeqCst);
    assert_eq!(server.get("/readyz").await.status(), 200);
    server.stop().await;
}
