//! Who shows a token is remembered for a moment, and forgotten at once when something about it changes.

use accounts::Device;
use chrono::Duration;
use serde_json::{Value, json};
use testkit::{Person, Server, TestApp, on_both};

const ME: &str = "{ me { id } }";

/// What the token is told, and how often somebody was looked up for it.
async fn asks(app: &TestApp, server: &Server, token: &str) -> (Value, usize) {
    let post = server.client.post(format!("{}/graphql", server.url)).bearer_auth(token).json(&json!({"query": ME}));
    let (answer, statements) =
        app.statements(async { post.send().await.unwrap().json::<Value>().await.unwrap() }).await;
    let lookups = statements.iter().filter(|statement| statement.contains("\"access_token\" ="));
    (answer["data"]["me"]["id"].clone(), lookups.count())
}

fn is(person: &Person) -> Value {
    person.wire_id().into()
}

#[on_both]
async fn who_asks_again_is_not_looked_up_again(app: TestApp) {
    let app = app.keeping_answers().await;
    let (ada, ben) = (app.student("Ada").await, app.student("Ben").await);
    let server = Server::start(&app).await;
    assert_eq!(asks(&app, &server, &ada.tokens.access).await, (is(&ada), 1));
    // What was written before is told to all who listen, and is heard after a while.
    while asks(&app, &server, &ada.tokens.access).await != (is(&ada), 0) {}
    assert_eq!(asks(&app, &server, &ben.tokens.access).await, (is(&ben), 1), "a token is not another");
    // Long enough for what other processes may not have told.
    app.world.pass(Duration::seconds(5));
    assert_eq!(asks(&app, &server, &ada.tokens.access).await, (is(&ada), 1));
    assert_eq!(asks(&app, &server, "another").await, (Value::Null, 1));
    assert_eq!(asks(&app, &server, "another").await, (Value::Null, 1), "that nobody has it is asked anew");
    server.stop().await;
}

#[on_both]
async fn what_is_taken_away_is_gone_at_the_next_request(app: TestApp) {
    let app = app.keeping_answers().await;
    let (root, ada) = (app.admin("Root").await, app.student("Ada").await);
    let server = Server::start(&app).await;
    let mut tx = app.tx().await;
    let phone = accounts::sign_in(&mut tx, ada.id, Device::default()).await.unwrap();
    tx.commit().await.unwrap();
    for token in [&ada.tokens.access, &phone.access, &phone.access] {
        assert_eq!(asks(&app, &server, token).await.0, is(&ada));
    }
    let others = "mutation { revokeOtherSessions { userErrors { code } } }";
    assert_eq!(ada.ask(others).await.user_errors(), [""; 0]);
    assert_eq!(asks(&app, &server, &phone.access).await.0, Value::Null);
    assert_eq!(asks(&app, &server, &ada.tokens.access).await.0, is(&ada));
    let suspend = "mutation ($id: ID!) { suspendUser(input: {userId: $id, reason: \"x\"}) { userErrors { code } } }";
    assert_eq!(root.ask_with(suspend, json!({"id": ada.wire_id()})).await.user_errors(), [""; 0]);
    assert_eq!(asks(&app, &server, &ada.tokens.access).await.0, Value::Null);
    server.stop().await;
}
