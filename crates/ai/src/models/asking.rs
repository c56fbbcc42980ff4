//! One try: the request, and the answer up to its first piece.

use std::time::Duration;

use futures_util::{Stream, StreamExt};
use reqwest::{Client, RequestBuilder, Response, StatusCode, header};
use tokio::time::timeout;

use super::{
    ModelSettings,
    pieces::{Events, Reading},
    wire::{Request, refusal},
};
use crate::{ModelError, Piece, Prompt};

/// The most that is read of a refusal.
const MOST_OF_REFUSAL: usize = 8 << 10;

/// Why there is no answer.
#[derive(Debug)]
pub struct Trouble {
    pub error: ModelError,
    /// Is it worth another try?
    pub is_passing: bool,
    /// How long the server wants to be left alone.
    pub wait: Option<Duration>,
}

impl Trouble {
    fn passing(error: ModelError) -> Self {
        Self { error, is_passing: true, wait: None }
    }

    fn lasting(error: ModelError) -> Self {
        Self { error, is_passing: false, wait: None }
    }
}

/// An answer that has begun.
pub struct Begun {
    /// What has come so far; empty when the model had nothing to say.
    pub first: Vec<Piece>,
    pub rest: Reading,
}

/// Asks once, and waits for the first piece. A model that thinks before it speaks gives signs of life meanwhile.
pub async fn ask(http: &Client, settings: &ModelSettings, prompt: &Prompt) -> Result<Begun, Trouble> {
    let opened = timeout(settings.patience.first_token, open(http, settings, prompt)).await;
    // Whoever was that slow is not helped by being asked again.
    let (mut first, mut rest) = opened.unwrap_or_else(|_| Err(Trouble::lasting(ModelError::TimedOut)))?;
    if first.is_empty() {
        first = rest.next_pieces().await.map_err(before_the_first_word)?.unwrap_or_default();
    }
    Ok(Begun { first, rest })
}

/// Sends the request, and waits for the first event.
async fn open(http: &Client, settings: &ModelSettings, prompt: &Prompt) -> Result<(Vec<Piece>, Reading), Trouble> {
    let response = request(http, settings, prompt)?.send().await;
    let response = response.map_err(|_| Trouble::passing(ModelError::Unavailable))?;
    let mut reading = Reading::new(events(accepted(response).await?, settings.most_bytes), &settings.patience);
    let first = reading.next_event().await.map_err(before_the_first_word)?;
    Ok((first, reading))
}

fn request(http: &Client, settings: &ModelSettings, prompt: &Prompt) -> Result<RequestBuilder, Trouble> {
    let body = serde_json::to_vec(&Request::new(settings, prompt));
    let body = body.map_err(|_| Trouble::lasting(ModelError::Garbage))?;
    let request = http
        .post(settings.endpoint.clone())
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "text/event-stream")
        .body(body);
    Ok(match &settings.key {
        Some(key) => request.header(header::AUTHORIZATION, key.header()),
        None => request,
    })
}

/// A cut is as good as no answer at all then.
fn before_the_first_word(error: ModelError) -> Trouble {
    match error {
        ModelError::Cut => Trouble::passing(ModelError::Unavailable),
        error => Trouble::lasting(error),
    }
}

/// The response, when it is a stream of events.
async fn accepted(response: Response) -> Result<Response, Trouble> {
    let status = response.status();
    if status.is_success() {
        let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let is_stream =
            kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("text/event-stream"));
        return is_stream.then_some(response).ok_or_else(|| Trouble::lasting(ModelError::Garbage));
    }
    if status.is_server_error() || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT) {
        return Err(Trouble { wait: wait(&response), ..Trouble::passing(ModelError::Unavailable) });
    }
    let mut says = status.as_u16().to_string();
    if let Some(word) = refusal(&body_of(response).await) {
        says = format!("{says} {word}");
    }
    Err(Trouble::lasting(ModelError::Refused(says)))
}

/// `Retry-After` in seconds; a date is as good as nothing.
fn wait(response: &Response) -> Option<Duration> {
    let says = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    says.trim().parse().ok().map(Duration::from_secs)
}

async fn body_of(response: Response) -> Vec<u8> {
    let mut read = vec![];
    let mut chunks = std::pin::pin!(chunks(response));
    while let Some(Ok(chunk)) = chunks.next().await {
        if read.len() + chunk.len() > MOST_OF_REFUSAL {
            break;
        }
        read.extend_from_slice(&chunk);
    }
    read
}

/// What the connection has come to.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    #[error("the connection broke")]
    Cut,
    #[error("the answer is too long")]
    TooLong,
}

fn chunks(response: Response) -> impl Stream<Item = Result<bytes::Bytes, Broken>> + Send + 'static {
    futures_util::stream::try_unfold(response, |mut response| async move {
        let chunk = response.chunk().await.map_err(|_| Broken::Cut)?;
        Ok(chunk.map(|chunk| (chunk, response)))
    })
}

fn events(response: Response, most: usize) -> Events {
    let mut left = most;
    let limited = chunks(response).map(move |chunk| {
        let chunk = chunk?;
        left = left.checked_sub(chunk.len()).ok_or(Broken::TooLong)?;
        Ok::<_, Broken>(chunk)
    });
    sse_stream::SseByteStream::new(limited.boxed())
}
