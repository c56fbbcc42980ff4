//! A server that is killed in the middle of many changes, while somebody follows the feed.

use std::collections::BTreeSet;

use courses::course;
use kernel::{EntityId, Live};
use reqwest::Client;
use sea_orm::{ColumnTrait, QueryFilter};
use serde_json::{Value, json};
use testkit::{Receiver, TestApp, on_both};
use tokio::{sync::mpsc, task::JoinSet};

use crate::process::Process;

const CREATE: &str = "mutation { createCourse(input: {title: \"Under load\"}) { course { id } userErrors { code } } }";
const FEED: &str = "query ($after: String) { events(types: [\"course.created.v1\"], after: $after, first: 10) {
    nodes { id objectId } pageInfo { endCursor } } }";
const AT_ONCE: usize = 6;
const HOOK: &str = "mutation ($url: URL!) { createWebhook(input: {url: $url, types: [\"course.created.v1\"]}) {
    webhook { id } userErrors { code } } }";

/// A server that is on the same machine as who is told by it.
async fn start(app: &TestApp) -> Process {
    let serve = ["--demo", "--listen", "127.0.0.1:0"];
    Process::start_with(app, &serve, &[("LECTERN_WEBHOOK_PRIVATE", "1")]).await
}

/// Takes most, and now and then does not.
async fn receiver() -> Receiver {
    let (receiver, mut count) = (Receiver::start().await, 0);
    receiver.answers(move |_| {
        count += 1;
        (if count % 10 == 3 { 500 } else { 200 }, None)
    });
    receiver
}

/// What the receiver was told of, of these; it may be told twice.
fn heard(received: &[testkit::Received]) -> BTreeSet<String> {
    received.iter().map(|one| one.at("/data/objectId")).collect()
}

/// Null when there is no answer any more.
async fn ask(client: &Client, url: &str, token: &str, query: &str, variables: Value) -> Value {
    let post = client.post(format!("{url}/graphql")).bearer_auth(token);
    let Ok(answer) = post.json(&json!({"query": query, "variables": variables})).send().await else {
        return Value::Null;
    };
    let mut answer: Value = answer.json().await.unwrap_or_default();
    assert_eq!(answer["errors"], Value::Null, "{answer}");
    answer["data"].take()
}

/// Creates courses, and tells of each that was acknowledged, as long as somebody answers.
async fn load((client, url, token): (Client, String, String), told: mpsc::UnboundedSender<String>) {
    loop {
        let answer = ask(&client, &url, &token, CREATE, json!({})).await;
        let Some(course) = answer["createCourse"]["course"]["id"].as_str() else { return };
        // Nobody counts any more once it is killed.
        let _ = told.send(course.into());
    }
}

/// What is in the feed, read page by page.
#[derive(Clone, Default)]
struct Follower {
    read: Vec<Value>,
    end: Option<String>,
}

impl Follower {
    /// Reads a page; false when nobody answers.
    async fn reads_on(&mut self, (client, url, token): &(Client, String, String)) -> bool {
        let page = &ask(client, url, token, FEED, json!({"after": self.end})).await["events"];
        let Some(nodes) = page["nodes"].as_array() else { return false };
        self.read.extend(nodes.iter().cloned());
        self.end = page["pageInfo"]["endCursor"].as_str().map(String::from).or(self.end.take());
        true
    }

    async fn reads_all(&mut self, reader: &(Client, String, String)) {
        loop {
            let before = self.read.len();
            assert!(self.reads_on(reader).await);
            if self.read.len() == before {
                return;
            }
        }
    }
}

async fn signed_in(server: &Process, email: &str) -> (Client, String, String) {
    (server.client.clone(), server.url.clone(), server.signs_in(email).await)
}

#[on_both]
async fn a_killed_server_has_told_of_what_it_committed_and_of_nothing_else(app: TestApp) {
    let (mut acknowledged, mut follower) = (BTreeSet::new(), Follower::default());
    let receiver = receiver().await;
    for (round, enough) in [23, 40, 31].into_iter().enumerate() {
        let server = start(&app).await;
        let teacher = signed_in(&server, "teacher@lectern.test").await;
        let reader = signed_in(&server, "admin@lectern.test").await;
        if round == 0 {
            let made = server.ask(&reader.2, HOOK, json!({"url": receiver.url})).await;
            assert!(made["createWebhook"]["webhook"]["id"].is_string(), "{made}");
        }
        let (tell, mut told) = mpsc::unbounded_channel();
        let mut tasks = JoinSet::new();
        (0..AT_ONCE).for_each(|_| drop(tasks.spawn(load(teacher.clone(), tell.clone()))));
        drop(tell);
        let mut following = follower.clone();
        let follow = tokio::spawn(async move {
            while following.reads_on(&reader).await {}
            following
        });
        for _ in 0..enough {
            acknowledged.insert(told.recv().await.expect("it goes on until it is killed"));
        }
        server.kill().await;
        follower = follow.await.unwrap();
        tasks.join_all().await;
        while let Some(course) = told.recv().await {
            acknowledged.insert(course);
        }
    }
    let server = start(&app).await;
    let reader = signed_in(&server, "admin@lectern.test").await;
    follower.reads_all(&reader).await;
    let mut from_the_beginning = Follower::default();
    from_the_beginning.reads_all(&reader).await;
    let told: BTreeSet<String> =
        follower.read.iter().map(|event| event["objectId"].as_str().unwrap().to_string()).collect();
    // As long as that takes: what was under way when it was killed is somebody else's only after a while.
    receiver.until(|received| heard(received).is_superset(&told)).await;
    server.kill().await;
    assert_eq!(heard(&receiver.received()), told, "the receiver has heard of everything, and of nothing else");
    assert_eq!(follower.read, from_the_beginning.read, "who followed has missed nothing, and read nothing twice");
    assert_eq!(told.len(), follower.read.len(), "each is told once");
    assert!(acknowledged.is_subset(&told), "what was acknowledged is told");
    let there = course::Entity::live().filter(course::Column::Title.eq("Under load"));
    let there = there.all(app.db().read()).await.unwrap();
    let there: BTreeSet<String> = there.into_iter().map(|course| course.id.to_wire()).collect();
    assert_eq!(told, there, "what was not committed is not told, and the rest is");
    places_without_gaps(&app).await;
}

async fn places_without_gaps(app: &TestApp) {
    let all = kernel::events::event::Entity::visible_to(&kernel::Viewer::System);
    let mut places: Vec<i64> =
        all.all(app.db().read()).await.unwrap().into_iter().filter_map(|event| event.position).collect();
    places.sort_unstable();
    assert_eq!(places, (1..=places.len() as i64).collect::<Vec<_>>());
}
