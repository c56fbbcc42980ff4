//! A server that is killed in the middle of a large upload, without a chance to put anything in order.

use futures_util::TryStreamExt;
use serde_json::json;
use sha2::{Digest, Sha256};
use testkit::{TestApp, on_both};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use super::large::{Large, handed_in, hex, text};
use crate::process::Process;

/// What the server may take, in MiB, whatever is uploaded.
const MOST_MEMORY: u64 = 150;

/// Sends half of a part, and keeps the connection open.
async fn half_of(large: Large, server: &Process, url: &str, number: usize) -> TcpStream {
    let address = server.url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!("PUT {url} HTTP/1.1\r\nHost: {address}\r\nContent-Length: {}\r\n\r\n", Large::PART);
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&large.part(number)[..Large::PART / 2]).await.unwrap();
    stream
}

#[on_both]
async fn what_a_killed_server_had_of_an_upload_is_not_sent_again(app: TestApp) {
    let large = Large { parts: 32 };
    let half = large.parts / 2;
    let server = Process::start(&app).await;
    let token = server.signs_in("teacher@lectern.test").await;
    let (upload, urls) = large.announce(&server, &token).await;
    for number in 1..=half {
        large.send(&server, &urls[number - 1], number).await;
    }
    let cut = half_of(large, &server, &urls[half], half + 1).await;
    assert!(server.most_memory() < MOST_MEMORY, "{} MiB", server.most_memory());
    server.kill().await;
    drop(cut);
    let server = Process::start(&app).await;
    let query = "query ($id: ID!) { uploadStatus(uploadId: $id) { status storedParts } }";
    let status = server.ask(&token, query, json!({"id": upload})).await;
    let stored: Vec<_> = (1..=half).collect();
    assert_eq!(status["uploadStatus"], json!({"status": "OPEN", "storedParts": stored}));
    let missing: Vec<_> = (half + 1..=large.parts).collect();
    let query = "mutation ($id: ID!, $parts: [Int!]!) { signUploadParts(input: {uploadId: $id, parts: $parts}) {
        parts { number url } userErrors { code } } }";
    let signed = server.ask(&token, query, json!({"id": upload, "parts": missing})).await;
    for (number, part) in missing.iter().zip(signed["signUploadParts"]["parts"].as_array().unwrap()) {
        large.send(&server, &text(&part["url"]), *number).await;
    }
    let url = handed_in(&server, &token, &upload).await;
    let mut content = server.client.get(url).send().await.unwrap().bytes_stream();
    let mut hash = Sha256::new();
    while let Some(bytes) = content.try_next().await.unwrap() {
        hash.update(&bytes);
    }
    assert_eq!(hex(hash), large.sha256());
    assert!(server.most_memory() < MOST_MEMORY, "{} MiB", server.most_memory());
    server.kill().await;
}
