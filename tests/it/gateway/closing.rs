//! What becomes of an open connection when its session ends.

use std::{sync::Arc, time::Duration};

use accounts::{Device, user, user_session};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};
use testkit::{Person, Server, TestApp, on_both};
use tokio::time::timeout;

use super::socket::{Socket, open, receive, send};

/// Much longer than it takes, much shorter than a ping.
const SOON: Duration = Duration::from_secs(10);

async fn open_with(server: &Server, token: &str) -> Socket {
    open(server, json!({"authorization": format!("Bearer {token}")})).await
}

/// The next thing heard that is not a ping.
async fn hear(socket: &mut Socket) -> Value {
    loop {
        let heard = timeout(SOON, receive(socket)).await.expect("nothing was heard");
        if heard["type"] != "ping" {
            return heard;
        }
    }
}

/// Asks over the connection: what it answers tells that it is open still.
async fn asks(socket: &mut Socket, query: &str) -> Value {
    send(socket, json!({"id": "1", "type": "subscribe", "payload": {"query": query}})).await;
    let answer = hear(socket).await;
    assert_eq!(hear(socket).await, json!({"id": "1", "type": "complete"}), "{answer}");
    answer["payload"]["data"].clone()
}

async fn another_session(app: &TestApp, person: &Person) -> accounts::Tokens {
    let mut tx = app.tx().await;
    let tokens = accounts::sign_in(&mut tx, person.id, Device::default()).await.unwrap();
    tx.commit().await.unwrap();
    tokens
}

/// By HTTP, as this person.
async fn posts(server: &Server, token: &str, query: &str, variables: Value) -> Value {
    let request = server.client.post(format!("{}/graphql", server.url)).bearer_auth(token);
    let answer: Value =
        request.json(&json!({"query": query, "variables": variables})).send().await.unwrap().json().await.unwrap();
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"].clone()
}

const CLOSED: u16 = 4403;

#[on_both]
async fn a_revoked_session_s_connection_closes_and_no_other(app: TestApp) {
    let (server, ada, eve) = (Server::start(&app).await, app.student("Ada").await, app.student("Eve").await);
    app.world.pass(chrono::Duration::seconds(1));
    let other = another_session(&app, &ada).await;
    let (mut this, mut that) = (open_with(&server, &ada.tokens.access).await, open_with(&server, &other.access).await);
    let (mut hers, mut nobodys) = (open_with(&server, &eve.tokens.access).await, open(&server, json!({})).await);
    let mine = posts(&server, &ada.tokens.access, "{ mySessions { nodes { id } } }", json!({})).await;
    let revoke = "mutation ($id: ID!) { revokeSession(input: {id: $id}) { userErrors { code } } }";
    posts(&server, &ada.tokens.access, revoke, json!({"id": mine["mySessions"]["nodes"][0]["id"]})).await;
    assert_eq!(hear(&mut that).await, json!({"close": CLOSED}));
    assert_eq!(asks(&mut this, "{ me { email } }").await["me"]["email"], "ada@example.org");
    assert_eq!(asks(&mut hers, "{ me { email } }").await["me"]["email"], "eve@example.org");
    assert_eq!(asks(&mut nobodys, "{ __typename }").await["__typename"], "Query");
    drop((this, hers, nobodys));
    server.stop().await;
}

#[on_both]
async fn ending_the_other_sessions_closes_their_connections(app: TestApp) {
    let (server, ada) = (Server::start(&app).await, app.student("Ada").await);
    let other = another_session(&app, &ada).await;
    let (mut this, mut that) = (open_with(&server, &ada.tokens.access).await, open_with(&server, &other.access).await);
    let revoke = "mutation { revokeOtherSessions { revokedCount userErrors { code } } }";
    posts(&server, &ada.tokens.access, revoke, json!({})).await;
    assert_eq!(hear(&mut that).await, json!({"close": CLOSED}));
    assert_eq!(asks(&mut this, "{ me { email } }").await["me"]["email"], "ada@example.org");
    drop(this);
    server.stop().await;
}

#[on_both]
async fn a_new_password_closes_the_connections_of_other_sessions(app: TestApp) {
    let server = Server::start(&app).await;
    let register = "mutation { register(input: {email: \"max@example.org\", password: \"correct horse\"}) { userErrors { code } } }";
    app.ask(register).await.data();
    let login = "mutation { login(input: {email: \"max@example.org\", password: \"correct horse\"}) { outcome { ... on Session { accessToken } } } }";
    let token = async || app.ask(login).await.at("/login/outcome/accessToken").as_str().unwrap().to_string();
    let (mine, other) = (token().await, token().await);
    let (mut this, mut that) = (open_with(&server, &mine).await, open_with(&server, &other).await);
    let change = "mutation { changePassword(input: {currentPassword: \"correct horse\", newPassword: \"battery staple\"}) { userErrors { code } } }";
    let done = posts(&server, &mine, change, json!({})).await;
    assert_eq!(done["changePassword"]["userErrors"], json!([]));
    assert_eq!(hear(&mut that).await, json!({"close": CLOSED}));
    assert_eq!(asks(&mut this, "{ me { email } }").await["me"]["email"], "max@example.org");
    drop(this);
    server.stop().await;
}

#[on_both]
async fn a_stolen_refresh_token_and_a_revoked_api_token_close_their_connections(app: TestApp) {
    let (server, ada) = (Server::start(&app).await, app.student("Ada").await);
    let refresh = "mutation ($token: String!) { refreshSession(input: {refreshToken: $token}) { session { accessToken } userErrors { code } } }";
    let token = json!({"token": ada.tokens.refresh});
    let refreshed = app.ask_as(&kernel::Viewer::Anonymous, refresh, token.clone()).await;
    let access = refreshed.at("/refreshSession/session/accessToken").as_str().unwrap();
    let mut socket = open_with(&server, access).await;
    app.world.pass(chrono::Duration::seconds(11));
    let stolen = app.ask_as(&kernel::Viewer::Anonymous, refresh, token).await;
    assert_eq!(stolen.user_errors(), ["REFRESH_TOKEN_INVALID"]);
    assert_eq!(hear(&mut socket).await, json!({"close": CLOSED}));

    let secret = ada.creates_token(&[]).await;
    let mut socket = open_with(&server, &secret).await;
    let mine = ada.ask("{ myApiTokens { nodes { id } } }").await;
    let revoke = "mutation ($id: ID!) { revokeApiToken(input: {id: $id}) { userErrors { code } } }";
    ada.ask_with(revoke, json!({"id": mine.at("/myApiTokens/nodes/0/id")})).await.data();
    assert_eq!(hear(&mut socket).await, json!({"close": CLOSED}));
    server.stop().await;
}

#[on_both]
async fn who_signs_out_over_the_connection_hears_so_before_it_closes(app: TestApp) {
    let (server, ada) = (Server::start(&app).await, app.student("Ada").await);
    let mut socket = open_with(&server, &ada.tokens.access).await;
    let done = asks(&mut socket, "mutation { logout { userErrors { code } } }").await;
    assert_eq!(done, json!({"logout": {"userErrors": []}}));
    assert_eq!(hear(&mut socket).await, json!({"close": CLOSED}));
    server.stop().await;
}

#[on_both]
async fn a_connection_outlives_the_access_token_it_came_with_but_not_its_session(app: TestApp) {
    let (server, ada) = (Server::start(&app).await, app.student("Ada").await);
    let mut socket = open_with(&server, &ada.tokens.access).await;
    app.world.pass(chrono::Duration::minutes(10));
    let refresh =
        "mutation ($token: String!) { refreshSession(input: {refreshToken: $token}) { userErrors { code } } }";
    let token = json!({"token": ada.tokens.refresh});
    assert!(app.ask_as(&kernel::Viewer::Anonymous, refresh, token).await.user_errors().is_empty());
    app.world.pass(chrono::Duration::minutes(10));
    assert_eq!(asks(&mut socket, "{ me { email } }").await["me"]["email"], "ada@example.org");
    app.world.pass(chrono::Duration::minutes(5));
    send(&mut socket, json!({"id": "1", "type": "subscribe", "payload": {"query": "{ me { email } }"}})).await;
    assert_eq!(hear(&mut socket).await["payload"][0]["extensions"]["code"], "UNAUTHENTICATED");
    drop(socket);
    server.stop().await;
}

#[on_both]
async fn a_server_that_stops_says_so_to_every_open_connection(app: TestApp) {
    let (server, ada) = (Server::start(&app).await, app.student("Ada").await);
    let (mut hers, mut nobodys) = (open_with(&server, &ada.tokens.access).await, open(&server, json!({})).await);
    let (heard, ()) = tokio::join!(async { (hear(&mut hers).await, hear(&mut nobodys).await) }, server.stop());
    assert_eq!(heard, (json!({"close": 1001}), json!({"close": 1001})));
}

/// What another process does is in the database only.
#[on_both]
async fn what_ended_elsewhere_is_found_at_the_next_ping(app: TestApp) {
    let (server, ada, eve) = with_short_pings(&app).await;
    let (mut revoked, mut suspended) =
        (open_with(&server, &ada.tokens.access).await, open_with(&server, &eve.tokens.access).await);
    let sessions = user_session::Column::UserId.eq(ada.id);
    set(&app, user_session::Entity, sessions, user_session::Column::IsActive, Expr::val(false)).await;
    assert_eq!(hear(&mut revoked).await, json!({"close": CLOSED}));
    set(&app, user::Entity, user::Column::Id.eq(eve.id), user::Column::Status, Expr::val("suspended")).await;
    send(&mut suspended, json!({"type": "pong"})).await;
    assert_eq!(hear(&mut suspended).await, json!({"close": CLOSED}));
    server.stop().await;
}

async fn with_short_pings(app: &TestApp) -> (Server, Person, Person) {
    let mut quick = gateway::app::App::new(app.db().clone(), app.world.clone(), 1, &app.data).unwrap();
    quick.ping_every = Duration::from_secs(1);
    let mut elsewhere = app.clone();
    elsewhere.app = Arc::new(quick);
    (Server::start(&elsewhere).await, app.student("Ada").await, app.student("Eve").await)
}

#[expect(clippy::disallowed_methods, reason = "as another process would")]
async fn set<E: EntityTrait>(app: &TestApp, _: E, which: Expr, column: E::Column, value: Expr) {
    E::update_many().col_expr(column, value).filter(which).exec(app.db().write()).await.unwrap();
}

#[on_both]
async fn an_operation_under_way_ends_with_its_connection(app: TestApp) {
    // Nobody gets to hash a password here, so that the sign-in never ends by itself.
    let mut stuck = gateway::app::App::new(app.db().clone(), app.world.clone(), 0, &app.data).unwrap();
    stuck.timeout = Duration::from_secs(3600);
    let stuck = Arc::new(stuck);
    let mut there = app.clone();
    there.app = stuck.clone();
    let (server, ada) = (Server::start(&there).await, app.student("Ada").await);
    let other = another_session(&app, &ada).await;
    let mut socket = open_with(&server, &other.access).await;
    let idle = Arc::strong_count(&stuck);
    let login = "mutation { login(input: {email: \"a@example.org\", password: \"x\"}) { userErrors { code } } }";
    send(&mut socket, json!({"id": "1", "type": "subscribe", "payload": {"query": login}})).await;
    until(|| Arc::strong_count(&stuck) > idle).await;
    let revoke = "mutation { revokeOtherSessions { revokedCount userErrors { code } } }";
    posts(&server, &ada.tokens.access, revoke, json!({})).await;
    assert_eq!(hear(&mut socket).await, json!({"close": CLOSED}));
    drop(socket);
    until(|| Arc::strong_count(&stuck) < idle).await;
    server.stop().await;
}

async fn until(holds: impl Fn() -> bool) {
    let turns = async {
        while !holds() {
            tokio::task::yield_now().await;
        }
    };
    timeout(SOON, turns).await.expect("it did not come about");
}
