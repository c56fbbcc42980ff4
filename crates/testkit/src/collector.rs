//! A collector of traces: it takes what is sent and remembers it.

use std::{
    mem,
    sync::{Arc, Mutex},
};

use axum::{Router, body::Bytes, extract::State, http::Uri};
use tokio::{net::TcpListener, task::JoinHandle};

type Received = Arc<Mutex<Vec<(String, Bytes)>>>;

pub struct Collector {
    pub url: String,
    received: Received,
    task: JoinHandle<()>,
}

impl Collector {
    pub async fn start() -> Self {
        let received = Received::default();
        let router = Router::new().fallback(take).with_state(received.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, received, task }
    }

    /// What was sent so far, each with the path it was sent to; told once.
    pub fn received(&self) -> Vec<(String, Bytes)> {
        mem::take(&mut self.received.lock().unwrap())
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn take(State(received): State<Received>, address: Uri, body: Bytes) {
    received.lock().unwrap().push((address.path().into(), body));
}
