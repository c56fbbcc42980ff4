//! A program that is told of what happens, as somebody else would write it: it remembers what it was sent.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Response, header},
    routing::any,
};
use serde_json::Value;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

/// Something that it was sent.
#[derive(Clone, Debug)]
pub struct Received {
    pub id: String,
    pub timestamp: i64,
    pub signatures: Vec<String>,
    pub content_type: String,
    pub body: Vec<u8>,
}

impl Received {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// A part of what it says.
    #[track_caller]
    pub fn at(&self, pointer: &str) -> String {
        let json = self.json();
        let found = json.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("nothing at {pointer} in {json:#}")).to_string()
    }
}

/// The status that it answers with, and, when that sends one elsewhere, where.
type Answer = (u16, Option<String>);
type Answering = Box<dyn FnMut(&Received) -> Answer + Send>;

struct Shared {
    received: Mutex<Vec<Received>>,
    answering: Mutex<Answering>,
    count: watch::Sender<usize>,
}

pub struct Receiver {
    pub url: String,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

impl Receiver {
    /// On a free port; takes everything.
    pub async fn start() -> Self {
        let shared = Arc::new(Shared {
            received: Mutex::default(),
            answering: Mutex::new(Box::new(|_| (200, None))),
            count: watch::Sender::new(0),
        });
        let router = Router::new().route("/{*path}", any(receive)).with_state(shared.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, shared, task }
    }

    /// From now on answers so.
    pub fn answers(&self, answering: impl FnMut(&Received) -> Answer + Send + 'static) {
        *self.shared.answering.lock().unwrap() = Box::new(answering);
    }

    /// From now on answers with this status.
    pub fn says(&self, status: u16) {
        self.answers(move |_| (status, None));
    }

    /// What it was sent since this was last asked for.
    pub fn takes(&self) -> Vec<Received> {
        std::mem::take(&mut *self.shared.received.lock().unwrap())
    }

    /// All that it was sent.
    pub fn received(&self) -> Vec<Received> {
        self.shared.received.lock().unwrap().clone()
    }

    /// Waits until it was sent enough.
    pub async fn until(&self, is_enough: impl Fn(&[Received]) -> bool) {
        let mut count = self.shared.count.subscribe();
        while !is_enough(&self.received()) {
            count.changed().await.unwrap();
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn receive(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_string();
    let received = Received {
        id: text("webhook-id"),
        timestamp: text("webhook-timestamp").parse().unwrap_or_default(),
        signatures: text("webhook-signature").split(' ').map(String::from).collect(),
        content_type: text("content-type"),
        body: body.to_vec(),
    };
    let (status, location) = (shared.answering.lock().unwrap())(&received);
    shared.received.lock().unwrap().push(received);
    shared.count.send_modify(|count| *count += 1);
    let mut response = Response::builder().status(status);
    if let Some(location) = location {
        response = response.header(header::LOCATION, location);
    }
    response.body(format!("status {status}\u{0} said").into()).unwrap()
}
