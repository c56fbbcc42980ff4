//! A thousand who read at once, slowly, and hold their connections.

use futures_util::future::join_all;
use serde_json::json;
use testkit::{TestApp, on_both};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};

use super::large::{Large, handed_in};
use crate::process::Process;

const READERS: usize = 1_000;
const QUERIES: usize = 20;
/// What the server may take, in MiB.
const MOST_MEMORY: u64 = 300;
/// What a reader takes of its range before it stops reading.
const TAKEN: usize = 1_000;

/// Asks for all from here on, reads the beginning and no more.
async fn reader(server: &Process, path: &str, from: usize, size: usize) -> TcpStream {
    let address = server.url.strip_prefix("http://").unwrap();
    let socket = TcpSocket::new_v4().unwrap();
    // Nothing of what it does not read is on this side.
    socket.set_recv_buffer_size(4096).unwrap();
    let mut stream = socket.connect(address.parse().unwrap()).await.unwrap();
    let ask = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nRange: bytes={from}-\r\n\r\n");
    stream.write_all(ask.as_bytes()).await.unwrap();
    let mut head = vec![];
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    assert!(head.starts_with("HTTP/1.1 206 "), "{head}");
    assert!(head.contains(&format!("content-range: bytes {from}-{}/{size}", size - 1)), "{head}");
    stream.read_exact(&mut [0; TAKEN]).await.unwrap();
    stream
}

#[on_both]
async fn a_thousand_slow_readers_do_not_starve_the_others(app: TestApp) {
    gateway::open_files::allow_many();
    let large = Large { parts: 4 };
    let server = Process::start(&app).await;
    let token = server.signs_in("teacher@lectern.test").await;
    let (upload, urls) = large.announce(&server, &token).await;
    for number in 1..=large.parts {
        large.send(&server, &urls[number - 1], number).await;
    }
    let url = handed_in(&server, &token, &upload).await;
    let path = url.strip_prefix(&server.url).unwrap();
    let mut readers = join_all((0..READERS).map(|n| reader(&server, path, n * 1_000, large.size()))).await;
    // Some from memory, some not, and one that writes.
    let name = "mutation ($name: String!) { updateProfile(input: {displayName: $name}) { userErrors { code } } }";
    for query in 0..QUERIES {
        let found = server.ask("", "{ courses { nodes { title } } }", json!({})).await;
        assert!(found["courses"]["nodes"][0]["title"].is_string(), "{found}");
        let found = server.ask(&token, "{ me { email } courses { totalCount } }", json!({})).await;
        assert_eq!(found["me"]["email"], "teacher@lectern.test");
        let done = server.ask(&token, name, json!({"name": format!("Name {query}")})).await;
        assert_eq!(done["updateProfile"]["userErrors"], json!([]));
    }
    // None was given up meanwhile: they go on where they were.
    for (n, stream) in readers.iter_mut().enumerate() {
        let mut next = vec![0; 4096];
        stream.read_exact(&mut next).await.unwrap();
        let from = n * 1_000 + TAKEN;
        assert!(next == large.part(1)[from..from + next.len()], "reader {n}");
    }
    assert!(server.most_memory() < MOST_MEMORY, "{} MiB", server.most_memory());
    server.kill().await;
}
