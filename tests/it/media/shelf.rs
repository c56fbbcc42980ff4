//! The same tests with the files in a folder and in a bucket.

use futures_util::TryStreamExt;
use media::Storage;
use testkit::{Server, TestApp};

use super::s3;

/// An app that serves, with its files somewhere.
pub struct Shelf {
    pub app: TestApp,
    pub server: Server,
}

impl Shelf {
    /// In the folder of the app's data.
    pub async fn folder(app: &TestApp) -> Self {
        Self { server: Server::start(app).await, app: app.clone() }
    }

    /// In a bucket of its own, of a server that speaks S3.
    pub async fn bucket(app: &TestApp) -> Self {
        let settings = s3::bucket().await;
        let app = app.tuned(|app| app.storage = Storage::in_bucket(&settings).unwrap());
        Self { server: Server::start(&app).await, app }
    }

    pub async fn run(self, scenario: impl AsyncFnOnce(&Self)) {
        scenario(&self).await;
        self.stop().await;
    }

    pub async fn stop(self) {
        self.server.stop().await;
    }

    /// PUTs to an address as an API gives it: a path is one of this server.
    pub async fn put(&self, url: &str, bytes: Vec<u8>) -> reqwest::Response {
        self.server.client.put(self.absolute(url)).body(bytes).send().await.unwrap()
    }

    pub fn absolute(&self, url: &str) -> String {
        if url.starts_with('/') { format!("{}{url}", self.server.url) } else { url.to_string() }
    }

    /// The keys of all that is in the store.
    pub async fn keys(&self) -> Vec<String> {
        self.app.app.storage.keys().try_collect().await.unwrap()
    }
}

/// SHA-256 in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
