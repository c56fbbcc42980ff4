//! The product in a process of its own, which can be killed and whose memory can be read: the program that LECTERN_BINARY
//! names, or else this binary, told to be it. Cargo gives a test the path of a program of its own package only.

use std::{env, path::PathBuf, process::Stdio};

use clap::Parser;
use gateway::config::Cli;
use reqwest::{Client, Response};
use serde_json::{Value, json};
use testkit::TestApp;
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};

const TOLD: &str = "LECTERN_TEST_SERVES";
/// Serves the demo school on a free port.
const SERVE: [&str; 3] = ["--demo", "--listen", "127.0.0.1:0"];
const DEMO: &str = "mutation ($email: EmailAddress!) {
    login(input: {email: $email, password: \"lectern-demo\"}) { outcome { ... on Session { accessToken } } } }";

/// What the other process runs. Nobody told, there is nothing to do.
#[test]
fn serves_when_told() {
    if let Ok(told) = env::var(TOLD) {
        let options = Cli::parse_from(["lectern"].into_iter().chain(told.split_whitespace()));
        gateway::run(options).unwrap();
    }
}

/// What is started, with these arguments.
pub fn program(arguments: &[&str]) -> Command {
    if let Some(binary) = env::var_os("LECTERN_BINARY") {
        let mut command = Command::new(binary);
        command.args(arguments);
        return command;
    }
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "process::serves_when_told", "--nocapture"]).env(TOLD, arguments.join(" "));
    command
}

/// A server with the demo school. Killed when it is dropped.
pub struct Process {
    child: Child,
    _says: Lines<BufReader<ChildStdout>>,
    pub url: String,
    pub client: Client,
    log: PathBuf,
}

impl Process {
    /// On this app's database, with files in its folder; what was there before is gone on with.
    pub async fn start(app: &TestApp) -> Self {
        Self::start_with(app, &SERVE, &[]).await
    }

    /// The same with other arguments and settings.
    pub async fn start_with(app: &TestApp, arguments: &[&str], settings: &[(&str, &str)]) -> Self {
        let mut command = program(arguments);
        command.env("DATABASE_URL", app.url()).env("LECTERN_DATA_DIR", app.data.join("process"));
        command.envs(settings.iter().copied());
        let log = (0..).map(|n| app.data.join(format!("process{n}.log"))).find(|log| !log.exists()).unwrap();
        command.stderr(std::fs::File::create(&log).unwrap());
        let mut child = command.stdout(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
        let mut says = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = loop {
            let line = says.next_line().await.unwrap().expect("the server ends before it serves");
            if let Some(url) = line.trim().strip_prefix("GraphiQL") {
                break url.trim().trim_end_matches('/').to_string();
            }
            // A worker serves nothing.
            if line.contains("doing background jobs") {
                break String::new();
            }
        };
        Self { child, _says: says, url, client: media::storage::client().unwrap(), log }
    }

    /// What it has logged so far.
    pub fn logged(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// Asks it to stop, and waits until it has: did it end well?
    pub async fn terminate(&mut self) -> bool {
        let pid = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().await.unwrap().success());
        self.child.wait().await.unwrap().success()
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
