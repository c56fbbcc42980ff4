//! The product in a process of its own, which can be killed and whose memory can be read: the program that LECTERN_BINARY
//! names, or else this binary, told to be it. Cargo gives a test the path of a program of its own package only.

use std::{env, process::Stdio};

use clap::Parser;
use gateway::{commands, config::Cli};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use testkit::TestApp;
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};

const TOLD: &str = "LECTERN_TEST_SERVES";
const DEMO: &str = "mutation ($email: EmailAddress!) {
    login(input: {email: $email, password: \"lectern-demo\"}) { outcome { ... on Session { accessToken } } } }";

/// What the other process runs. Nobody told, there is nothing to do.
#[test]
fn serves_when_told() {
    if env::var_os(TOLD).is_some() {
        let options = Cli::parse_from(["lectern", "--demo", "--listen", "127.0.0.1:0"]);
        gateway::runtime().unwrap().block_on(commands::run(options)).unwrap();
    }
}

/// What is started, with the options of [`serves_when_told`].
fn program() -> Command {
    if let Some(binary) = env::var_os("LECTERN_BINARY") {
        let mut command = Command::new(binary);
        command.args(["--demo", "--listen", "127.0.0.1:0"]);
        return command;
    }
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "process::serves_when_told", "--nocapture"]).env(TOLD, "1");
    command
}

/// A server with the demo school. Killed when it is dropped.
pub struct Process {
    child: Child,
    _says: Lines<BufReader<ChildStdout>>,
    pub url: String,
    pub client: Client,
}

impl Process {
    /// On this app's database, with files in its folder; what was there before is gone on with.
    pub async fn start(app: &TestApp) -> Self {
        let mut command = program();
        command.env("DATABASE_URL", app.url()).env("LECTERN_DATA_DIR", app.data.join("process"));
        let mut child = command.stdout(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
        let mut says = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = loop {
            let line = says.next_line().await.unwrap().expect("the server ends before it serves");
            if let Some(url) = line.trim().strip_prefix("GraphiQL") {
                break url.trim().trim_end_matches('/').to_string();
            }
        };
        Self { child, _says: says, url, client: media::storage::client().unwrap() }
    }

    /// As a power cut would: nothing is brought to an end.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// The most memory it has had so far, in MiB, without the program itself: this one holds all tests, too.
    pub fn most_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id().unwrap())).unwrap();
        let kilobytes = |name: &str| -> u64 {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            line.split_whitespace().next().unwrap().parse().unwrap()
        };
        (kilobytes("VmHWM:") - kilobytes("RssFile:")) >> 10
    }

    /// The access token of one of the demo school's people.
    pub async fn signs_in(&self, email: &str) -> String {
        let answer = self.ask("", DEMO, json!({"email": email})).await;
        answer["login"]["outcome"]["accessToken"].as_str().unwrap_or_else(|| panic!("{answer}")).to_string()
    }

    /// What a query answers to the holder of this token.
    pub async fn ask(&self, token: &str, query: &str, variables: Value) -> Value {
        let post =
            self.client.post(format!("{}/graphql", self.url)).json(&json!({"query": query, "variables": variables}));
        let post = if token.is_empty() { post } else { post.bearer_auth(token) };
        let mut answer: Value = post.send().await.unwrap().json().await.unwrap();
        assert_eq!(answer["errors"], Value::Null, "{answer}");
        answer["data"].take()
    }

    pub async fn put(&self, path: &str, bytes: Vec<u8>) -> Response {
        self.client.put(format!("{}{path}", self.url)).body(bytes).send().await.unwrap()
    }
}
