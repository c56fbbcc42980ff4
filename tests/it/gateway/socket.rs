use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use testkit::{Person, Server, TestApp, on_both};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest, http::HeaderValue},
};

pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

pub async fn connect(server: &Server, headers: &[(&'static str, &str)]) -> Result<Socket, Error> {
    let mut request = format!("{}/graphql", server.url.replace("http", "ws")).into_client_request()?;
    for (name, value) in headers {
        request.headers_mut().insert(*name, HeaderValue::from_str(value).unwrap());
    }
    Ok(connect_async(request).await?.0)
}

pub const PROTOCOL: (&str, &str) = ("sec-websocket-protocol", "graphql-transport-ws");

pub async fn send(socket: &mut Socket, message: Value) {
    socket.send(Message::text(message.to_string())).await.unwrap();
}

pub async fn receive(socket: &mut Socket) -> Value {
    match socket.next().await.unwrap().unwrap() {
        Message::Text(text) => serde_json::from_str(&text).unwrap(),
        Message::Close(Some(frame)) => json!({"close": u16::from(frame.code)}),
        other => panic!("{other:?}"),
    }
}

pub async fn open(server: &Server, payload: Value) -> Socket {
    let mut socket = connect(server, &[PROTOCOL]).await.unwrap();
    send(&mut socket, json!({"type": "connection_init", "payload": payload})).await;
    assert_eq!(receive(&mut socket).await, json!({"type": "connection_ack"}));
    socket
}

/// Somebody subscribes to what concerns one thing, whose id is the query's `$id`.
pub async fn subscribe(server: &Server, person: &Person, query: &str, id: &str) -> Socket {
    let mut socket = open(server, json!({"authorization": format!("Bearer {}", person.tokens.access)})).await;
    let payload = json!({"query": query, "variables": {"id": id}});
    send(&mut socket, json!({"id": "1", "type": "subscribe", "payload": payload})).await;
    socket
}

/// The next message that is no ping.
pub async fn next(socket: &mut Socket) -> Value {
    loop {
        let message = receive(socket).await;
        if message["type"] != "ping" {
            return message;
        }
    }
}

#[on_both]
async fn an_operation_answers_and_completes(app: TestApp) {
    let (server, ada) = (Server::start(&app).await, app.student("Ada").await);
    let mut socket = open(&server, json!({"authorization": format!("Bearer {}", ada.tokens.access)})).await;
    send(&mut socket, json!({"type": "ping"})).await;
    assert_eq!(receive(&mut socket).await, json!({"type": "pong"}));
    send(&mut socket, json!({"id": "1", "type": "subscribe", "payload": {"query": "{ me { email } }"}})).await;
    assert_eq!(
        receive(&mut socket).await,
        json!({"id": "1", "type": "next", "payload": {"data": {"me": {"email": "ada@example.org"}}}})
    );
    assert_eq!(receive(&mut socket).await, json!({"id": "1", "type": "complete"}));
    drop(socket);
    server.stop().await;
}

#[on_both]
async fn what_is_refused_before_it_runs_ends_with_error(app: TestApp) {
    let server = Server::start(&app).await;
    let mut socket = open(&server, json!({})).await;
    for (query, code) in [
        ("{ nope }", "GRAPHQL_VALIDATION_FAILED"),
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ me { id } }", "UNAUTHENTICATED"),
        (&"{ a".repeat(70), "DOCUMENT_LIMIT_EXCEEDED"),
    ] {
        send(&mut socket, json!({"id": "1", "type": "subscribe", "payload": {"query": query}})).await;
        let refused = receive(&mut socket).await;
        assert_eq!(refused["type"], "error");
        assert_eq!(refused["payload"][0]["extensions"]["code"], code);
    }
    drop(socket);
    server.stop().await;
}

#[on_both]
async fn who_breaks_the_protocol_is_told_how_and_shut_out(app: TestApp) {
    let server = Server::start(&app).await;
    let init = json!({"type": "connection_init"});
    let subscribe = json!({"id": "1", "type": "subscribe", "payload": {"query": "{ __typename }"}});
    for (messages, code) in [
        (vec![json!({"type": "what"})], 4400),
        (vec![json!([])], 4400),
        (vec![subscribe.clone()], 4401),
        (vec![json!({"type": "connection_init", "payload": {"authorization": "Bearer wrong"}})], 4403),
        (vec![init.clone(), init.clone()], 4429),
        (vec![init.clone(), json!({"id": "1", "type": "subscribe", "payload": {"query": 1}})], 4400),
        (vec![init.clone(), json!({"type": "subscribe", "payload": {"query": "{ __typename }"}})], 4400),
    ] {
        let mut socket = connect(&server, &[PROTOCOL]).await.unwrap();
        for message in &messages {
            send(&mut socket, message.clone()).await;
        }
        loop {
            let heard = receive(&mut socket).await;
            if let Some(closed) = heard.get("close") {
                assert_eq!(closed, code, "{messages:?}");
                break;
            }
        }
    }
    server.stop().await;
}

#[on_both]
async fn pages_of_other_origins_and_other_protocols_do_not_connect(app: TestApp) {
    let server = Server::start(&app).await;
    let own = server.url.clone();
    assert!(connect(&server, &[PROTOCOL, ("origin", &own)]).await.is_ok());
    for headers in [
        [PROTOCOL, ("origin", "https://evil.example")].as_slice(),
        &[PROTOCOL, ("origin", "null")],
        &[("sec-websocket-protocol", "graphql-ws")],
        &[],
    ] {
        assert!(matches!(connect(&server, headers).await, Err(Error::Http(_))), "{headers:?}");
    }
    server.stop().await;
}
