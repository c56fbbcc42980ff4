//! A large file that is never in memory as a whole, here or there.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::process::Process;

pub const MIB: usize = 1 << 20;

/// A sound of so many parts of 8 MiB.
#[derive(Clone, Copy)]
pub struct Large {
    pub parts: usize,
}

impl Large {
    pub const PART: usize = 8 * MIB;

    pub fn size(self) -> usize {
        self.parts * Self::PART
    }

    /// A part, counted from 1. No two are the same.
    pub fn part(self, number: usize) -> Vec<u8> {
        let mut bytes = vec![number as u8; Self::PART];
        for (place, chunk) in bytes.chunks_exact_mut(4096).enumerate() {
            chunk[..8].copy_from_slice(&((number << 32 | place) as u64).to_le_bytes());
        }
        if number == 1 {
            let rest = (self.size() - 8) as u32;
            let sound = (self.size() - 44) as u32;
            let head = [
                &b"RIFF"[..],
                &rest.to_le_bytes(),
                b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x44\xac\0\0\x88\x58\x01\0\x02\0\x10\0data",
                &sound.to_le_bytes(),
            ];
            bytes[..44].copy_from_slice(&head.concat());
        }
        bytes
    }

    pub fn sha256(self) -> String {
        let mut hash = Sha256::new();
        (1..=self.parts).for_each(|number| hash.update(self.part(number)));
        hex(hash)
    }

    /// Announces it; answers the upload's id, and where its parts go.
    pub async fn announce(self, server: &Process, token: &str) -> (String, Vec<String>) {
        let query = "mutation ($input: CreateUploadInput!) { createUpload(input: $input) {
            upload { id } parts { url } userErrors { code } } }";
        let input = json!({"purpose": "MEDIA_FILE", "fileName": "large.wav", "size": self.size(),
            "mimeType": "audio/wav", "sha256": self.sha256()});
        let answer = server.ask(token, query, json!({"input": input})).await;
        let created = &answer["createUpload"];
        let id = created["upload"]["id"].as_str().unwrap_or_else(|| panic!("{answer}"));
        (id.into(), created["parts"].as_array().unwrap().iter().map(|part| text(&part["url"])).collect())
    }

    pub async fn send(self, server: &Process, url: &str, number: usize) {
        assert_eq!(server.put(url, self.part(number)).await.status(), 204, "part {number}");
    }
}

/// Hands the parts in and waits for the file; where its holder plays it.
pub async fn handed_in(server: &Process, token: &str, upload: &str) -> String {
    let query = "mutation ($id: ID!) { completeUpload(input: {uploadId: $id}) { userErrors { code } } }";
    let answer = server.ask(token, query, json!({"id": upload})).await;
    assert_eq!(answer["completeUpload"]["userErrors"], json!([]));
    let query = "query ($id: ID!) { uploadStatus(uploadId: $id) { status reason media { id } } }";
    let begun = Instant::now();
    let media = loop {
        let answer = server.ask(token, query, json!({"id": upload})).await;
        let status = &answer["uploadStatus"];
        if status["status"] != "VERIFYING" {
            assert_eq!(status["status"], "COMPLETED", "{status}");
            break status["media"]["id"].clone();
        }
        assert!(begun.elapsed() < Duration::from_secs(300), "it is never looked at");
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    let answer = server.ask(token, "query ($id: ID!) { playback(mediaId: $id) { url } }", json!({"id": media})).await;
    format!("{}{}", server.url, text(&answer["playback"]["url"]))
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap().into()
}

pub fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
