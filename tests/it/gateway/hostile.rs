//! What attackers send, against the product in a process of its own: it refuses, goes on, and stays small.

use std::{net::SocketAddr, time::Duration};

use futures_util::{SinkExt, StreamExt, future::join_all};
use serde_json::{Value, json};
use testkit::{TestApp, on_both};
use tokio::{io::AsyncWriteExt, net::TcpStream, time::timeout};
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Message, client::IntoClientRequest, http::HeaderValue},
};

use crate::process::Process;

/// In MiB.
const MOST_MEMORY: u64 = 300;

/// Bodies of POST requests, and what each tries.
fn corpus() -> Vec<(&'static str, Vec<u8>)> {
    let query = |text: String| json!({"query": text}).to_string().into_bytes();
    let with = |text: &str, variables: Value| json!({"query": text, "variables": variables}).to_string().into_bytes();
    let cycle = "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }";
    let bomb: String = (0..60).map(|n| format!("fragment f{n} on Query {{ ...f{0} ...f{0} }} ", n + 1)).collect();
    let list = "query ($n: Int) { courses(first: $n) { nodes { reviews(first: $n) { nodes { course { reviews(first: $n) { nodes { id } } } } } } } }";
    vec![
        ("brackets", query("{".repeat(30_000))),
        ("deep fields", query(format!("{}a{}", "{ a ".repeat(5_000), "}".repeat(5_000)))),
        ("deep lists", query(format!("{{ nodes(ids: {}{}) {{ id }} }}", "[".repeat(20_000), "]".repeat(20_000)))),
        ("a deep type", query(format!("query ($a: {}Int{}) {{ __typename }}", "[".repeat(9_000), "]".repeat(9_000)))),
        ("a fragment cycle", query(cycle.into())),
        ("a fragment bomb", query(format!("{{ ...f0 }} {bomb}"))),
        (
            "10,000 aliases",
            query(format!("{{ {} }}", (0..10_000).map(|n| format!("a{n}: __typename ")).collect::<String>())),
        ),
        ("one field 10,000 times", query(format!("{{ {} }}", "__typename ".repeat(10_000)))),
        ("directives", query(format!("{{ __typename {} }}", "@include(if: true) ".repeat(5_000)))),
        ("unknown directives", query(format!("{{ __typename {} }}", "@a ".repeat(2_400)))),
        ("many operations", query("query A { __typename } ".repeat(1_000))),
        (
            "a large variable",
            with("query ($s: String) { course(slug: $s) { id } }", json!({"s": "a".repeat(1_000_000)})),
        ),
        (
            "many variables",
            with(
                "{ __typename }",
                (0..60_000).map(|n| (n.to_string(), json!(n))).collect::<serde_json::Map<_, _>>().into(),
            ),
        ),
        (
            "deep variables",
            format!(
                "{{\"query\": \"{{ __typename }}\", \"variables\": {{\"a\": {}{}}}}}",
                "[".repeat(100_000),
                "]".repeat(100_000)
            )
            .into_bytes(),
        ),
        ("bad UTF-8", b"{\"query\": \"{ course(slug: \\\"\xff\xfe\\\") { id } }\"}".to_vec()),
        ("half a surrogate", br#"{"query": "{ course(slug: \"\ud800\") { id } }"}"#.to_vec()),
        ("a batch", json!(vec![json!({"query": "{ __typename }"}); 5_000]).to_string().into_bytes()),
        (
            "introspection of introspection",
            query(format!(
                "{{ __schema {{ types {} {{ name }} {} }} }}",
                "{ fields { type ".repeat(12),
                "} }".repeat(12)
            )),
        ),
        (
            "introspection 20 times",
            query(format!(
                "{{ {} }}",
                (0..20)
                    .map(|n| format!("a{n}: __schema {{ types {{ fields {{ args {{ type {{ name }} }} }} }} }} "))
                    .collect::<String>()
            )),
        ),
        ("a list of 2^31", with(list, json!({"n": 2_147_483_648_u64}))),
        ("a list of less than nothing", with(list, json!({"n": -1}))),
        ("a list of a text", with(list, json!({"n": "100"}))),
        ("lists of lists", with(list, json!({"n": 100}))),
        ("100,000 ids", with("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({"ids": vec!["x"; 100_000]}))),
        (
            "an unknown hash",
            json!({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "a".repeat(100_000)}}})
                .to_string()
                .into_bytes(),
        ),
        ("2 MiB", vec![b' '; 2 << 20]),
    ]
}

async fn attack(process: &Process, name: &str, body: Vec<u8>) {
    let post = process.client.post(format!("{}/graphql", process.url)).header("content-type", "application/json");
    // Their connections may be closed on them: nobody else gets one of those.
    let post = post.header("connection", "close");
    // A body that is too large may be answered before all of it was sent.
    let Ok(response) = post.body(body).send().await else {
        assert_eq!(name, "2 MiB");
        return;
    };
    assert!(response.status().as_u16() < 500, "{name}: {}", response.status());
    let answer = response.text().await.unwrap();
    let read: Value = serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{name}: {answer}"));
    for error in read["errors"].as_array().into_iter().flatten() {
        let code = error["extensions"]["code"].as_str();
        assert!(code.is_some_and(|code| code != "INTERNAL_SERVER_ERROR"), "{name}: {error}");
        assert!(error["message"].as_str().unwrap().len() < 1_000, "{name}");
    }
}

async fn is_well(process: &Process) {
    let answer =
        process.ask("", "{ courses(first: 5) { totalCount nodes { title instructor { name } } } }", json!({})).await;
    assert!(answer["courses"]["totalCount"].as_i64().unwrap() > 0);
}

#[on_both]
async fn what_attackers_send_is_refused_and_takes_little(app: TestApp) {
    let process = Process::start(&app).await;
    for (name, body) in corpus() {
        attack(&process, name, body).await;
    }
    is_well(&process).await;
    let flood = (0..3).flat_map(|_| corpus());
    let attacks = join_all(flood.map(|(name, body)| attack(&process, name, body)));
    let healthy = async {
        for _ in 0..20 {
            is_well(&process).await;
        }
    };
    futures_util::join!(attacks, healthy);
    assert!(process.most_memory() < MOST_MEMORY, "{} MiB", process.most_memory());
    process.kill().await;
}

#[on_both]
async fn who_is_slow_keeps_nobody_out(app: TestApp) {
    let process = Process::start(&app).await;
    let address: SocketAddr = process.url.trim_start_matches("http://").parse().unwrap();
    let mut slow = vec![];
    for n in 0..300 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000000\r\n";
        // Some don't get as far as the body.
        let end = if n % 3 == 0 { "" } else { "\r\n{\"query\": \"" };
        stream.write_all(format!("{head}{end}").as_bytes()).await.unwrap();
        slow.push(stream);
    }
    for _ in 0..20 {
        is_well(&process).await;
    }
    assert!(process.most_memory() < MOST_MEMORY, "{} MiB", process.most_memory());
    process.kill().await;
}

#[on_both]
async fn a_flood_of_sockets_keeps_nobody_out(app: TestApp) {
    let process = Process::start(&app).await;
    let flood = (0..200).map(|n| {
        let url = process.url.replace("http", "ws");
        async move {
            let mut request = format!("{url}/graphql").into_client_request().unwrap();
            request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static("graphql-transport-ws"));
            let (mut socket, _) = connect_async(request).await.unwrap();
            // A third never says who it is, a third says too much, a third asks for more at once than is allowed.
            let says: Vec<String> = match n % 3 {
                0 => vec![],
                1 => vec!["x".repeat(300 << 10)],
                _ => std::iter::once(json!({"type": "connection_init"}))
                    .chain((0..100).map(|id| json!({"id": id.to_string(), "type": "subscribe", "payload": {"query": "{ courses(first: 100) { nodes { id } } }"}})))
                    .map(|message| message.to_string())
                    .collect(),
            };
            for text in says {
                // The server may have closed by then.
                if socket.send(Message::text(text)).await.is_err() {
                    break;
                }
            }
            let heard = timeout(Duration::from_millis(200), socket.next()).await;
            (socket, heard.is_ok())
        }
    });
    let sockets = join_all(flood).await;
    assert_eq!(sockets.len(), 200);
    for _ in 0..20 {
        is_well(&process).await;
    }
    assert!(process.most_memory() < MOST_MEMORY, "{} MiB", process.most_memory());
    process.kill().await;
}
