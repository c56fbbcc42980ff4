//! An answer as it comes, over a WebSocket.

use serde_json::{Value, json};
use testkit::{Person, Reply, Server, TestApp, on_both};

use super::{Class, asks, ids, with_model};
use crate::gateway::socket::{Socket, next, subscribe};

const FOLLOW: &str = "subscription ($id: ID!) { tutorAnswer(messageId: $id) {
    text message { state response citations { number title } } } }";

async fn follow(server: &Server, person: &Person, message: &str) -> Socket {
    subscribe(server, person, FOLLOW, message).await
}

async fn part(socket: &mut Socket) -> Value {
    next(socket).await["payload"]["data"]["tutorAnswer"].clone()
}

/// Reads to the end: all that was added, and the last message.
async fn rest(socket: &mut Socket) -> (String, Value) {
    let mut text = String::new();
    let mut last = json!(null);
    loop {
        let message = next(socket).await;
        if message["type"] == "complete" {
            return (text, last);
        }
        let part = &message["payload"]["data"]["tutorAnswer"];
        text.push_str(part["text"].as_str().unwrap_or_else(|| panic!("{message:#}")));
        last = part["message"].clone();
    }
}

#[on_both]
async fn one_reads_along_and_whoever_comes_late_misses_nothing(app: TestApp) {
    let class = Class::open(&app).await;
    // The answer is made by another process than the one that tells of it.
    let (worker, model) = with_model(&app, [Reply::says_slowly(&["A value ", "has one ", "owner [1]."])]).await;
    let server = Server::start(&app).await;
    let (message, _) = ids(&asks(&class.ada, &class.course, None, "Who is the owner of a value?").await);
    let mut early = follow(&server, &class.ada, &message).await;
    assert_eq!(
        part(&mut early).await,
        json!({"text": "", "message": {"state": "PENDING", "response": "", "citations": []}})
    );
    let work = tokio::spawn(async move { worker.run_jobs().await });
    let mut came = String::new();
    while came != "A value " {
        let part = part(&mut early).await;
        assert_eq!(part["message"]["state"], "STREAMING", "{part:#}");
        came.push_str(part["text"].as_str().unwrap());
    }
    model.goes_on(1);
    while came != "A value has one " {
        came.push_str(part(&mut early).await["text"].as_str().unwrap());
    }
    let mut late = follow(&server, &class.ada, &message).await;
    assert_eq!(part(&mut late).await["text"], "A value has one ");
    model.goes_on(1);
    let whole = json!({"state": "COMPLETE", "response": "A value has one owner [1].",
        "citations": [{"number": 1, "title": "Ownership"}]});
    for socket in [&mut early, &mut late] {
        assert_eq!(rest(socket).await, ("owner [1].".to_string(), whole.clone()));
    }
    work.await.unwrap();
    let mut after = follow(&server, &class.ada, &message).await;
    assert_eq!(rest(&mut after).await, ("A value has one owner [1].".to_string(), whole));
    drop((early, late, after));
    server.stop().await;
}

#[on_both]
async fn nobody_reads_along_with_another(app: TestApp) {
    let class = Class::open(&app).await;
    let server = Server::start(&app).await;
    let (message, _) = ids(&asks(&class.ada, &class.course, None, "Who is the owner of a value?").await);
    for other in [&class.tomas, &app.admin("Root").await] {
        let mut socket = follow(&server, other, &message).await;
        let refused = next(&mut socket).await;
        assert_eq!(refused["payload"]["errors"][0]["extensions"]["code"], "NOT_FOUND", "{refused:#}");
        assert_eq!(next(&mut socket).await["type"], "complete");
        drop(socket);
    }
    server.stop().await;
}
