//! What `docker/compose.yaml` starts, by hand: two gateways and a worker on one PostgreSQL. Nothing but the database is
//! between them.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use futures_util::SinkExt;
use kernel::{SystemWorld, World};
use serde_json::{Value, json};
use testkit::{Person, TestApp};
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Message, client::IntoClientRequest, http::HeaderValue},
};

use crate::{
    gateway::socket::{self, Socket},
    learning::school::{RECORD, School},
    process::Process,
};

const GATEWAY: [&str; 5] = ["serve", "--no-demo", "--no-worker", "--listen", "127.0.0.1:0"];
/// What compose sets, as far as it matters here; little enough to be used up.
const SETTINGS: [(&str, &str); 1] = [("LECTERN_RATE_VIEWER", "4000")];
/// What happens between processes takes its time. Kept answers end by themselves after 30 s: it has to be less.
const SOON: Duration = Duration::from_secs(20);

struct Town {
    app: TestApp,
    a: Process,
    b: Process,
    worker: Process,
}

impl Town {
    async fn start(app: &TestApp) -> Self {
        // The other processes have the real clock.
        app.world.pass(SystemWorld.now() - app.world.now());
        let a = Process::start_with(app, &GATEWAY, &SETTINGS).await;
        let b = Process::start_with(app, &GATEWAY, &SETTINGS).await;
        Self { app: app.clone(), a, b, worker: Process::start_with(app, &["worker"], &[]).await }
    }

    /// All end well when they are asked to.
    async fn stop(mut self) {
        for process in [&mut self.a, &mut self.b, &mut self.worker] {
            assert!(process.terminate().await, "{}", process.logged());
        }
    }
}

/// Asks again and again, but not for ever.
struct Patience(Instant);

impl Patience {
    async fn wait(&self, what: &str) {
        assert!(self.0.elapsed() < SOON, "{what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

const TITLES: &str = "{ courses { nodes { title } } }";

async fn titles(process: &Process) -> Value {
    process.ask("", TITLES, json!({})).await["courses"]["nodes"].take()
}

/// What a gateway keeps for strangers is over when something is written through the other.
async fn a_write_through_one_is_seen_through_the_other(town: &Town, teacher: &Person, course: &str) {
    for _ in 0..3 {
        assert_eq!(titles(&town.b).await, json!([{"title": "Rust"}]));
    }
    let rename = "mutation ($id: ID!) { updateCourse(input: {id: $id, title: \"Rust anew\"}) { userErrors { code } } }";
    let done = town.a.ask(&teacher.tokens.access, rename, json!({"id": course})).await;
    assert_eq!(done, json!({"updateCourse": {"userErrors": []}}));
    assert_eq!(titles(&town.a).await, json!([{"title": "Rust anew"}]));
    let patience = Patience(Instant::now());
    while titles(&town.b).await != json!([{"title": "Rust anew"}]) {
        patience.wait("the other gateway shows the old title").await;
    }
}

async fn follows(process: &Process, person: &Person, course: &str) -> Socket {
    let mut request = format!("{}/graphql", process.url.replace("http", "ws")).into_client_request().unwrap();
    request.headers_mut().insert(socket::PROTOCOL.0, HeaderValue::from_static(socket::PROTOCOL.1));
    let (mut socket, _) = connect_async(request).await.unwrap();
    let authorization = format!("Bearer {}", person.tokens.access);
    socket::send(&mut socket, json!({"type": "connection_init", "payload": {"authorization": authorization}})).await;
    assert_eq!(socket::next(&mut socket).await, json!({"type": "connection_ack"}));
    let query = "subscription ($id: ID!) { progressChanged(courseId: $id) { percentage } }";
    let payload = json!({"query": query, "variables": {"id": course}});
    socket.send(Message::text(json!({"id": "1", "type": "subscribe", "payload": payload}).to_string())).await.unwrap();
    socket
}

async fn a_subscription_at_one_hears_of_what_is_done_at_the_other(town: &Town, school: &School, learner: &Person) {
    let mut socket = follows(&town.b, learner, &school.course).await;
    let progress = |percentage: f64| json!({"percentage": percentage});
    assert_eq!(socket::next(&mut socket).await["payload"]["data"]["progressChanged"], progress(0.0));
    let items = json!({"items": [school.packet(0, 0.0, 40.0, 0, 100)]});
    town.a.ask(&learner.tokens.access, RECORD, items).await;
    let heard = tokio::time::timeout(SOON, socket::next(&mut socket)).await.expect("nothing was heard");
    assert_eq!(heard["payload"]["data"]["progressChanged"], progress(40.0));
}

/// Is the question let through?
async fn is_let_through(process: &Process, person: &Person) -> bool {
    let body = json!({"query": "{ courses(first: 100) { nodes { id title } } }"});
    let post = process.client.post(format!("{}/graphql", process.url)).bearer_auth(&person.tokens.access).json(&body);
    let answer: Value = post.send().await.unwrap().json().await.unwrap();
    answer["errors"][0]["extensions"]["code"] != "RATE_LIMITED"
}

/// The gateways add up once a second; what is asked of the second one until then is far from using up a bucket of its own.
async fn what_is_used_up_at_one_is_used_up_at_the_other(town: &Town, person: &Person) {
    let mut asked = 0;
    while is_let_through(&town.a, person).await {
        asked += 1;
        assert!(asked < 100, "nothing limits anybody");
    }
    assert!(asked >= 6, "the bucket is too small to tell: {asked}");
    let mut own = 0;
    while is_let_through(&town.b, person).await {
        own += 1;
        assert!(own < asked / 2, "the other gateway has a bucket of its own");
        tokio::time::sleep(Duration::from_millis(1500)).await;
    }
}

/// Neither gateway does any.
async fn a_job_of_a_gateway_is_done_by_the_worker(town: &Town) {
    let register = "mutation { register(input: {email: \"new@example.org\", password: \"correct horse battery\"}) { userErrors { code } } }";
    let done = town.a.ask("", register, json!({})).await;
    assert_eq!(done, json!({"register": {"userErrors": []}}));
    let outbox = town.app.data.join("process/outbox");
    let patience = Patience(Instant::now());
    while !has_letter(&outbox, "new@example.org") {
        patience.wait("no letter was written").await;
    }
}

fn has_letter(outbox: &Path, to: &str) -> bool {
    let letters = std::fs::read_dir(outbox).into_iter().flatten().flatten();
    letters.filter_map(|letter| std::fs::read_to_string(letter.path()).ok()).any(|text| text.contains(to))
}

#[test]
fn two_gateways_and_a_worker_are_one_school() {
    testkit::run(async {
        let app = TestApp::on_postgres().await;
        let town = Town::start(&app).await;
        let school = School::open(&app, &[Some(100)]).await;
        let (ada, eve) = (app.student("Ada").await, app.student("Eve").await);
        school.enrols(&ada).await;
        a_write_through_one_is_seen_through_the_other(&town, &school.tomas, &school.course).await;
        a_subscription_at_one_hears_of_what_is_done_at_the_other(&town, &school, &ada).await;
        a_job_of_a_gateway_is_done_by_the_worker(&town).await;
        what_is_used_up_at_one_is_used_up_at_the_other(&town, &eve).await;
        town.stop().await;
        app.finish().await;
    });
}
