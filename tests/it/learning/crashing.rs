//! A server that is killed in the middle of reports has kept all that it acknowledged.

use std::{
    env,
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
};

use gateway::{app::App, commands};
use kernel::{Db, DbConfig, Live};
use learning::{progress::Spans, video_progress};
use reqwest::Client;
use serde_json::{Value, json};
use testkit::{Person, TestApp, TestWorld, on_both};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use super::school::{RECORD, School, another_session};

/// Where the database is: for the process that is to be killed.
const DATABASE: &str = "LECTERN_SERVER_TO_KILL";
const SAYS: &str = "serving at ";

/// A process of its own that serves, with the clock of the tests. It is this program again, running the next test only.
struct Victim {
    child: Child,
    url: String,
}

impl Victim {
    async fn start(app: &TestApp) -> Self {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "learning::crashing::serve_until_killed", "--nocapture"])
            .env(DATABASE, app.url())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        loop {
            let line = lines.next_line().await.unwrap().expect("it ended before it served");
            if let Some((_, url)) = line.split_once(SAYS) {
                return Self { url: url.trim().into(), child };
            }
        }
    }

    /// By SIGKILL: it has no time for anything.
    async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }
}

/// Does nothing when it is run as a test.
#[test]
fn serve_until_killed() {
    let Ok(url) = env::var(DATABASE) else { return };
    testkit::run(async move {
        let world = Arc::new(TestWorld::new());
        let db = Db::open(&DbConfig { url, max_connections: 8 }, |_| {}).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut app = App::new(db, world.clone(), 2, folder.path()).unwrap();
        app.secret_key = Some(accounts::SecretKey::generate(&*world).unwrap());
        let listener = commands::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let served = commands::start(Arc::new(app), listener, 0).await.unwrap();
        println!("{SAYS}http://{}", served.address);
        std::future::pending::<()>().await;
    });
}

/// None when there was no answer.
async fn post(client: &Client, victim: &str, person: &Person, body: &Value) -> Option<Value> {
    let request = client.post(format!("{victim}/graphql")).bearer_auth(&person.tokens.access).json(body);
    request.send().await.ok()?.json().await.ok()
}

/// Sends until nobody answers; which packets were acknowledged, by their numbers.
async fn load(victim: String, device: Person, batches: Vec<Vec<Value>>, acknowledged: Arc<AtomicUsize>) -> Vec<Value> {
    let client = media::storage::client().unwrap();
    let mut kept = vec![];
    for batch in batches {
        let body = json!({"query": RECORD, "variables": {"items": batch}});
        let Some(answer) = post(&client, &victim, &device, &body).await else { break };
        assert_eq!(answer["data"]["recordPlayback"]["userErrors"], json!([]), "{answer:#}");
        kept.extend(batch);
        acknowledged.fetch_add(1, SeqCst);
    }
    kept
}

#[on_both]
async fn what_was_acknowledged_is_there_after_kill_9(app: TestApp) {
    let school = School::open(&app, &[Some(90_000), Some(90_000)]).await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    let victim = Victim::start(&app).await;
    let acknowledged = Arc::new(AtomicUsize::new(0));
    let mut tasks = vec![];
    for device in 0..4 {
        let person = another_session(&app, &ada).await;
        let batches = (0..400).map(|batch| {
            let packet = |n: i64| {
                let number = batch * 5 + n;
                let from = (device * 20_000 + number * 10) as f64;
                school.packet((number % 2) as usize, from, from + 5.0, number, (device + 1) * 100_000 + number * 10)
            };
            (0..5).map(packet).collect()
        });
        tasks.push(tokio::spawn(load(victim.url.clone(), person, batches.collect(), acknowledged.clone())));
    }
    while acknowledged.load(SeqCst) < 60 {
        tokio::task::yield_now().await;
    }
    victim.kill().await;
    let mut kept = vec![];
    for task in tasks {
        kept.extend(task.await.unwrap());
    }
    assert!((300..8_000).contains(&kept.len()), "{} packets", kept.len());
    // Another server finds them, each in its film.
    let victim = Victim::start(&app).await;
    let query = format!("{{ courseProgress(courseId: \"{}\") {{ totalWatchTimeSeconds }} }}", school.course);
    let client = media::storage::client().unwrap();
    let answer = post(&client, &victim.url, &ada, &json!({"query": query})).await.unwrap();
    let total = answer["data"]["courseProgress"]["totalWatchTimeSeconds"].as_i64().unwrap();
    let videos = video_progress::Entity::live().all(app.db().read()).await.unwrap();
    let mut watched = 0;
    for packet in &kept {
        let film = kernel::EntityId::from_wire(packet["mediaId"].as_str().unwrap()).unwrap();
        let row = videos.iter().find(|row| row.video_id == film).unwrap();
        let from = packet["fromSeconds"].as_f64().unwrap() as i64;
        let there = Spans::read(&row.watched).unwrap().size_within(from, from + 5);
        assert_eq!(there, 5, "{packet}");
        watched += there;
    }
    assert!(total >= watched, "{total} of {watched} seconds");
    victim.kill().await;
}
