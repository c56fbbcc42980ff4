//! GraphQL over WebSocket by the letter of graphql-transport-ws:
//! <https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md>.

use std::{collections::HashMap, net::SocketAddr, sync::Arc, time::Duration};

use async_graphql::Response as Answer;
use axum::{
    extract::{
        ConnectInfo, FromRequestParts, Request, State,
        ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade},
    },
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::{SinkExt, StreamExt, stream::SplitSink};
use kernel::{UserId, Viewer};
use serde::Serialize;
use serde_json::{Map, Value, json};
use tokio::{
    sync::{broadcast::error::RecvError, mpsc},
    task::AbortHandle,
    time::{Instant, interval_at, sleep, timeout},
};

use super::{
    graphiql, graphql, params,
    request_id::RequestId,
    viewer::{self, Credential},
};
use crate::{
    app::App,
    graphql::{Call, Caller, Origin, is_refused, refusal},
};

const PROTOCOL: &str = "graphql-transport-ws";
const INIT_WAIT: Duration = Duration::from_secs(10);
const MAX_OPERATIONS: usize = 20;
/// A client that does not read for so long is gone.
const SEND_WAIT: Duration = Duration::from_secs(10);
const MAX_MESSAGE: usize = 256 << 10;

/// GET `/graphql`: a WebSocket when asked to upgrade, the page for browsers, else a query.
pub async fn or_get(
    State(app): State<Arc<App>>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    if request.headers().contains_key(header::UPGRADE) {
        return upgrade(app, address, request).await;
    }
    let accepts_html = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("text/html"));
    if accepts_html && request.uri().query().is_none() && app.shows_graphiql() {
        return graphiql::page().await;
    }
    graphql::get(State(app), request).await
}

async fn upgrade(app: Arc<App>, address: SocketAddr, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    if !is_our_page(&app, &parts.headers) {
        return (
            StatusCode::FORBIDDEN,
            "WebSockets are open to this server's own pages and to the configured origins.\n",
        )
            .into_response();
    }
    let speaks = |value: &str| value.split(',').any(|protocol| protocol.trim() == PROTOCOL);
    if !parts.headers.get(header::SEC_WEBSOCKET_PROTOCOL).and_then(|value| value.to_str().ok()).is_some_and(speaks) {
        return (StatusCode::BAD_REQUEST, "The WebSocket protocol has to be graphql-transport-ws.\n").into_response();
    }
    let request_id = parts.extensions.get::<RequestId>().map_or_else(String::new, |id| id.0.clone());
    let origin = viewer::origin(&app, &parts.headers, address);
    let credential = match Credential::of(&parts.headers) {
        // Browsers say where the page is from, and that was looked at; who does not say gets nowhere by a cookie.
        credential if credential.is_cookie() && !parts.headers.contains_key(header::ORIGIN) => Credential::Nothing,
        credential => credential,
    };
    match WebSocketUpgrade::from_request_parts(&mut parts, &app).await {
        Ok(upgrade) => {
            upgrade.protocols([PROTOCOL]).max_message_size(MAX_MESSAGE).max_frame_size(MAX_MESSAGE).on_upgrade(
                move |socket| {
                    Connection {
                        app,
                        origin,
                        request_id,
                        credential,
                        viewer: Viewer::Anonymous,
                        operations: HashMap::new(),
                        is_open: false,
                        started: 0,
                        unanswered: 0,
                    }
                    .run(socket)
                },
            )
        }
        Err(rejection) => rejection.into_response(),
    }
}

/// The same-origin policy does not cover WebSockets: a page elsewhere could connect unless we look at who sends it.
/// Clients that are not browsers send no origin.
fn is_our_page(app: &App, headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else {
        return !headers.contains_key(header::ORIGIN);
    };
    let host = origin.split_once("://").map(|(_, host)| host);
    (host.is_some() && host == text(header::HOST)) || app.cors_origins.iter().any(|allowed| allowed == origin)
}

/// Why a connection ends: the code and reason of the close frame.
struct Close(u16, String);

/// What the operations have to say to the client.
enum Outgoing {
    Next {
        id: String,
        answer: Box<Answer>,
    },
    /// The operation has ended; the number tells it from a later one with the same id.
    Ended {
        id: String,
        number: u64,
        refused: Option<Box<Answer>>,
    },
}

/// An answer with its fields in the order in which they were asked for: a `Value` would sort them.
#[derive(Serialize)]
struct Next {
    id: String,
    r#type: &'static str,
    payload: Box<Answer>,
}

struct Connection {
    app: Arc<App>,
    origin: Origin,
    request_id: String,
    credential: Credential,
    /// Whom the connection is for. It belongs to the session, not to the access token it came with: who refreshes in
    /// time keeps it.
    viewer: Viewer,
    operations: HashMap<String, (u64, AbortHandle)>,
    is_open: bool,
    started: u64,
    /// Pings since the last pong.
    unanswered: u8,
}

type Sink = SplitSink<WebSocket, Message>;

impl Connection {
    async fn run(mut self, socket: WebSocket) {
        let (mut sink, mut source) = socket.split();
        let (sender, mut outgoing) = mpsc::channel(64);
        let init_deadline = sleep(INIT_WAIT);
        tokio::pin!(init_deadline);
        let ping_every = self.app.ping_every;
        let mut pings = interval_at(Instant::now() + ping_every, ping_every);
        let mut ended = self.app.ended.listen();
        let mut open = self.app.stopping.open();
        let counted = self.app.metrics.socket();
        let close = loop {
            let step = tokio::select! {
                () = &mut init_deadline, if !self.is_open => Err(Some(Close(4408, "Connection initialisation timeout".into()))),
                _ = pings.tick(), if self.is_open => self.ping(&mut sink).await,
                news = ended.recv() => self.look_again(news).await,
                () = open.until_stopping() => Err(Some(Close(1001, "The server is stopping".into()))),
                Some(message) = outgoing.recv() => self.tell(&mut sink, message).await,
                message = source.next() => match message {
                    Some(Ok(Message::Text(text))) => self.hear(&mut sink, &sender, &text).await,
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
                    Some(Ok(Message::Binary(_))) => Err(Some(Close(4400, "Messages are text".into()))),
                    // The library answers the close frame when the sink is closed; without that the client sees 1006.
                    Some(Ok(Message::Close(_)) | Err(_)) | None => Err(None),
                },
            };
            if let Err(close) = step {
                break close;
            }
        };
        for (_, task) in self.operations.values() {
            task.abort();
        }
        // What was answered before is still said: the last of it may be why the connection ends.
        drop(sender);
        while let Some(message) = outgoing.recv().await {
            if close.is_none() || self.tell(&mut sink, message).await.is_err() {
                break;
            }
        }
        let farewell = async {
            match close {
                Some(Close(code, reason)) => {
                    sink.send(Message::Close(Some(CloseFrame { code, reason: reason.into() }))).await
                }
                None => sink.close().await,
            }
        };
        // The client may be gone already.
        let _ = timeout(SEND_WAIT, farewell).await;
        // Only now may the server end.
        drop(open);
        drop(counted);
    }

    /// Asks whether the client is still there; who has not answered twice is not.
    async fn ping(&mut self, sink: &mut Sink) -> Result<(), Option<Close>> {
        // Another process may have ended the session.
        self.stay().await?;
        self.unanswered += 1;
        if self.unanswered > 2 {
            return Err(Some(Close(4408, "No answer to pings".into())));
        }
        send(sink, json!({"type": "ping"})).await
    }

    /// Somebody's sessions have ended: this one, too?
    async fn look_again(&mut self, news: Result<UserId, RecvError>) -> Result<(), Option<Close>> {
        match news {
            Ok(user) if self.viewer.actor() != Some(user) => Ok(()),
            Ok(_) | Err(RecvError::Lagged(_)) => self.stay().await,
            Err(RecvError::Closed) => Err(None),
        }
    }

    /// Goes on only as long as the viewer may. When that can't be told, the next ping asks again.
    async fn stay(&self) -> Result<(), Option<Close>> {
        match viewer::has_ended(&self.app, &self.viewer).await {
            Ok(true) => Err(Some(Close(4403, "The session has ended".into()))),
            Ok(false) => Ok(()),
            Err(error) => {
                tracing::error!(%error, "can't tell whether a session has ended");
                Ok(())
            }
        }
    }

    /// Acts on one message of the client.
    async fn hear(
        &mut self,
        sink: &mut Sink,
        sender: &mpsc::Sender<Outgoing>,
        text: &str,
    ) -> Result<(), Option<Close>> {
        let Ok(Value::Object(mut message)) = serde_json::from_str(text) else {
            return Err(Some(Close(4400, "Invalid message".into())));
        };
        let kind = message.get("type").and_then(Value::as_str).unwrap_or_default().to_string();
        let id = message.get("id").and_then(Value::as_str).map(str::to_string).filter(|id| !id.is_empty());
        match (kind.as_str(), id) {
            ("connection_init", _) => self.init(sink, &message).await,
            ("ping", _) => send(sink, json!({"type": "pong"})).await,
            ("pong", _) => {
                self.unanswered = 0;
                Ok(())
            }
            ("complete", Some(id)) => {
                if let Some((_, task)) = self.operations.remove(&id) {
                    task.abort();
                }
                Ok(())
            }
            ("subscribe", Some(id)) => self.subscribe(sender, id, message.remove("payload").unwrap_or_default()).await,
            _ => Err(Some(Close(4400, "Invalid message".into()))),
        }
    }

    /// The credential comes in the payload (browsers can't set headers) or came with the upgrade.
    async fn init(&mut self, sink: &mut Sink, message: &Map<String, Value>) -> Result<(), Option<Close>> {
        if self.is_open {
            return Err(Some(Close(4429, "Too many initialisation requests".into())));
        }
        let members = message.get("payload").and_then(Value::as_object);
        let given =
            members.and_then(|members| members.iter().find(|(name, _)| name.eq_ignore_ascii_case("authorization")));
        if let Some(given) = given.and_then(|(_, value)| value.as_str()) {
            self.credential = Credential::Header(given.to_string());
        }
        match known(viewer::caller(&self.app, &self.credential).await) {
            Caller::Known(viewer) => self.viewer = viewer,
            Caller::Rejected => return Err(Some(Close(4403, "Forbidden".into()))),
        }
        self.is_open = true;
        send(sink, json!({"type": "connection_ack"})).await
    }

    async fn subscribe(
        &mut self,
        sender: &mpsc::Sender<Outgoing>,
        id: String,
        payload: Value,
    ) -> Result<(), Option<Close>> {
        if !self.is_open {
            return Err(Some(Close(4401, "Unauthorized".into())));
        }
        if self.operations.contains_key(&id) {
            let mut reason = format!("Subscriber for {id} already exists");
            reason.truncate(reason.floor_char_boundary(120));
            return Err(Some(Close(4409, reason)));
        }
        if self.operations.len() >= MAX_OPERATIONS {
            return Err(Some(Close(4429, "Too many operations".into())));
        }
        let request = params::request(payload).map_err(|reason| Some(Close(4400, reason.into())))?;
        self.started += 1;
        let (number, sender) = (self.started, sender.clone());
        // Who is calling is asked again for each operation: the session may have ended meanwhile.
        let call = Call {
            app: self.app.clone(),
            caller: known(viewer::caller_again(&self.app, &self.viewer).await),
            origin: self.origin.clone(),
            request_id: self.request_id.clone(),
        };
        let task = tokio::spawn(answer(call, request, sender, id.clone(), number));
        self.operations.insert(id, (number, task.abort_handle()));
        Ok(())
    }

    async fn tell(&mut self, sink: &mut Sink, message: Outgoing) -> Result<(), Option<Close>> {
        match message {
            Outgoing::Next { id, answer } => send(sink, Next { id, r#type: "next", payload: answer }).await,
            Outgoing::Ended { id, number, refused } => {
                if self.operations.get(&id).is_none_or(|(current, _)| *current != number) {
                    return Ok(());
                }
                self.operations.remove(&id);
                match refused {
                    Some(answer) => send(sink, json!({"id": id, "type": "error", "payload": answer.errors})).await,
                    None => send(sink, json!({"id": id, "type": "complete"})).await,
                }
            }
        }
    }
}

fn known(caller: kernel::Result<Caller>) -> Caller {
    caller.unwrap_or_else(|error| {
        tracing::error!(%error, "can't tell who is calling");
        Caller::Rejected
    })
}

/// Runs one operation and passes on what it answers. What was refused before it ran ends with `error`.
async fn answer(call: Call, request: async_graphql::Request, sender: mpsc::Sender<Outgoing>, id: String, number: u64) {
    let mut refused = None;
    match call.admit_named(request).await {
        Err(error) => refused = Some(Box::new(call.finish(refusal(error)))),
        Ok(admitted) => {
            let mut answers = call.stream(admitted);
            while let Some(answer) = answers.next().await {
                if is_refused(&answer) {
                    refused = Some(Box::new(answer));
                    break;
                }
                if sender.send(Outgoing::Next { id: id.clone(), answer: Box::new(answer) }).await.is_err() {
                    return;
                }
            }
        }
    }
    // Fails only when the connection has ended.
    let _ = sender.send(Outgoing::Ended { id, number, refused }).await;
}

async fn send(sink: &mut Sink, message: impl Serialize) -> Result<(), Option<Close>> {
    let text = serde_json::to_string(&message).map_err(|_| None)?;
    let sent = timeout(SEND_WAIT, sink.send(Message::Text(text.into()))).await;
    sent.map_err(|_| None)?.map_err(|_| None)
}
