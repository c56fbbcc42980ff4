//! A language model's server that says what a test tells it to, and remembers what it was asked. It speaks the streaming
//! protocol over a real connection.

use std::{
    collections::VecDeque,
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use ai::models::{ApiKey, ChatServer, ModelSettings};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Response, header},
    routing::post,
};
use futures_util::{StreamExt, stream};
use kernel::World;
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::Semaphore, task::JoinHandle};

/// What the server does when it is asked the next time.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Says these parts, then what it cost, then that it is done.
    Says(Vec<String>, Option<(i64, i64)>),
    /// The same, but each part after the first waits until [`ModelServer::goes_on`].
    SaysSlowly(Vec<String>, Option<(i64, i64)>),
    /// Says these parts, then the connection breaks.
    Breaks(Vec<String>),
    /// Says these parts and the connection ends well, but the answer does not.
    Stops(Vec<String>),
    /// Answers with this status, and says after how many seconds one may come again.
    Fails(u16, Option<u64>),
    /// Answers with this body and this type, as if it were an answer.
    Sends(&'static str, Vec<u8>),
    /// Sends one somewhere else.
    Redirects(String),
    /// Takes the request and says nothing.
    Hangs,
}

impl Reply {
    pub fn says(parts: &[&str]) -> Self {
        Self::Says(owned(parts), Some((11, 7)))
    }

    pub fn says_slowly(parts: &[&str]) -> Self {
        Self::SaysSlowly(owned(parts), Some((11, 7)))
    }

    pub fn breaks_after(parts: &[&str]) -> Self {
        Self::Breaks(owned(parts))
    }

    pub fn stops_after(parts: &[&str]) -> Self {
        Self::Stops(owned(parts))
    }

    /// An answer that no parser can read.
    pub fn garbage() -> Self {
        Self::Sends("text/event-stream", b"data: {\"choices\": [nonsense\n\n".to_vec())
    }
}

fn owned(parts: &[&str]) -> Vec<String> {
    parts.iter().map(|part| part.to_string()).collect()
}

/// What the server was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub authorization: Option<String>,
    pub body: Value,
}

struct Script {
    replies: Mutex<VecDeque<Reply>>,
    asked: Mutex<Vec<Asked>>,
    going: Semaphore,
}

/// It answers until it is dropped.
pub struct ModelServer {
    script: Arc<Script>,
    serving: JoinHandle<()>,
    /// What a client is set up with.
    pub base_url: String,
}

impl Drop for ModelServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl ModelServer {
    /// It says these one after the other, and "Yes." when they are over.
    pub async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let (replies, asked) = (Mutex::new(replies.into_iter().collect()), Mutex::default());
        let script = Arc::new(Script { replies, asked, going: Semaphore::new(0) });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
        let router = Router::new().route("/v1/chat/completions", post(answer)).with_state(script.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { script, serving, base_url }
    }

    /// What it does next, after what it was told before.
    pub fn then(&self, reply: Reply) {
        self.script.replies.lock().unwrap().push_back(reply);
    }

    /// Says the next parts of slow answers.
    pub fn goes_on(&self, parts: usize) {
        self.script.going.add_permits(parts);
    }

    /// All that it was asked, in order.
    pub fn asked(&self) -> Vec<Asked> {
        self.script.asked.lock().unwrap().clone()
    }

    /// All texts that it ever got, as one: to look for what it must not have got.
    pub fn heard(&self) -> String {
        let asked = self.asked();
        let messages = asked.iter().flat_map(|asked| asked.body["messages"].as_array().unwrap());
        messages.map(|message| message["content"].as_str().unwrap()).collect::<Vec<_>>().join("\n")
    }

    /// Settings for a client that never waits long before it asks again, and has a key.
    pub fn settings(&self) -> ModelSettings {
        let key = ApiKey::new("sk-of-the-tests").unwrap();
        let mut settings = ModelSettings::new(&self.base_url, "test-model", key).unwrap();
        settings.patience.pause = Duration::from_millis(1);
        settings
    }

    /// A client of it.
    pub fn model(&self, world: Arc<dyn World>) -> Arc<ChatServer> {
        Arc::new(ChatServer::new(self.settings(), world).unwrap())
    }
}

async fn answer(State(script): State<Arc<Script>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let authorization = headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap().to_string());
    let body = serde_json::from_slice(&body).unwrap();
    script.asked.lock().unwrap().push(Asked { authorization, body });
    let reply = script.replies.lock().unwrap().pop_front();
    match reply.unwrap_or_else(|| Reply::says(&["Yes."])) {
        Reply::Says(parts, usage) => events(script, parts, ended(usage), false),
        Reply::SaysSlowly(parts, usage) => events(script, parts, ended(usage), true),
        Reply::Breaks(parts) => events(script, parts, vec![Err(io::Error::other("the plug is pulled"))], false),
        Reply::Stops(parts) => events(script, parts, vec![], false),
        Reply::Fails(status, wait) => failure(status, wait),
        Reply::Sends(kind, body) => respond(200).header(header::CONTENT_TYPE, kind).body(body.into()).unwrap(),
        Reply::Redirects(to) => respond(307).header(header::LOCATION, to).body(Body::empty()).unwrap(),
        Reply::Hangs => futures_util::future::pending().await,
    }
}

fn respond(status: u16) -> axum::http::response::Builder {
    Response::builder().status(status)
}

/// Real servers quote the key in such an answer.
fn failure(status: u16, wait: Option<u64>) -> Response<Body> {
    let error = json!({"error": {"message": "no, sk-of-the-tests", "type": "scripted_error", "code": null}});
    let mut response = respond(status).header(header::CONTENT_TYPE, "application/json");
    if let Some(seconds) = wait {
        response = response.header(header::RETRY_AFTER, seconds);
    }
    response.body(error.to_string().into()).unwrap()
}

type Chunk = io::Result<Bytes>;

fn events(script: Arc<Script>, parts: Vec<String>, end: Vec<Chunk>, is_slow: bool) -> Response<Body> {
    let parts = stream::iter(parts.into_iter().enumerate()).then(move |(number, part)| {
        let script = script.clone();
        async move {
            if is_slow && number > 0 {
                script.going.acquire().await.unwrap().forget();
            }
            event(&json!({"object": "chat.completion.chunk", "choices": [
                {"index": 0, "delta": {"content": part}, "finish_reason": null}]}))
        }
    });
    let role = event(&json!({"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}}]}));
    // What was said is sent before the end, whatever that is.
    let end = stream::iter(end).then(async |chunk| {
        tokio::task::yield_now().await;
        chunk
    });
    let all = stream::iter([role]).chain(parts).chain(end);
    let response = respond(200).header(header::CONTENT_TYPE, "text/event-stream; charset=utf-8");
    response.body(Body::from_stream(all)).unwrap()
}

fn ended(usage: Option<(i64, i64)>) -> Vec<Chunk> {
    let stop = event(&json!({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}));
    let usage = usage.map(|(prompt, completion)| {
        event(&json!({"choices": [], "usage": {"prompt_tokens": prompt, "completion_tokens": completion}}))
    });
    let done = Ok(Bytes::from_static(b"data: [DONE]\n\n"));
    [Some(stop), usage, Some(done)].into_iter().flatten().collect()
}

fn event(value: &Value) -> Chunk {
    Ok(Bytes::from(format!("data: {value}\n\n")))
}
