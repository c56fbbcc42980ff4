//! A line for each operation, and in none of them what it was asked with.

use kernel::{SystemWorld, World};
use serde_json::{Value, json};
use testkit::{TestApp, on_both};

use crate::process::Process;

pub const QUIET: [&str; 4] = ["serve", "--no-demo", "--listen", "127.0.0.1:0"];

const SIGN_IN: &str = "mutation SignIn($email: EmailAddress!, $password: String!) {
    login(input: {email: $email, password: $password}) { userErrors { code } } }";

async fn posts(process: &Process, id: &str, token: &str, body: Value) {
    let request = process.client.post(format!("{}/graphql", process.url)).header("x-request-id", id).json(&body);
    let request = if token.is_empty() { request } else { request.bearer_auth(token) };
    request.send().await.unwrap();
}

/// The lines about operations, by request, without what differs from run to run.
fn lines(process: &Process) -> Vec<Value> {
    let lines = process.logged();
    let lines = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let lines = lines.filter(|line| line["target"] == "gateway::operations");
    let lines = lines.map(|mut line| {
        assert_eq!(line["span"]["id"], line["request_id"], "{line}");
        let fields = line.as_object_mut().unwrap();
        for differs in ["timestamp", "duration_ms", "span", "target", "level", "message"] {
            assert!(fields.remove(differs).is_some(), "{differs}");
        }
        line
    });
    lines.collect()
}

#[on_both]
async fn each_operation_is_a_line_without_what_it_was_asked_with(app: TestApp) {
    // The other process has the real clock.
    app.world.pass(SystemWorld.now() - app.world.now());
    let ada = app.student("Ada").await;
    let mut process = Process::start_with(&app, &QUIET, &[("LECTERN_LOG_FORMAT", "json")]).await;
    let variables = json!({"email": "ada@example.org", "password": "hush-hush"});
    posts(&process, "one", "", json!({"query": SIGN_IN, "variables": variables})).await;
    let mine = "query Mine { me { email } }";
    posts(&process, "two", &ada.tokens.access, json!({"query": mine})).await;
    posts(&process, "three", "", json!({"query": mine})).await;
    posts(&process, "four", "tampered-token", json!({"query": "{ courses {"})).await;
    assert!(process.terminate().await);
    let mut lines = lines(&process);
    for line in &mut lines[..2] {
        // How many differs from database to database; none would mean that nobody counts.
        assert!(line["statements"].take().as_u64().unwrap() > 0, "{line}");
    }
    for line in &mut lines[..3] {
        assert!(line["cost"].take().as_u64().unwrap() > 0, "{line}");
    }
    let line = |id: &str, what: [&str; 6], cost: Value, statements: Value, answers: u64| {
        let [kind, operation, field, viewer, outcome, codes] = what;
        json!({"request_id": id, "kind": kind, "operation": operation, "field": field, "viewer": viewer, "cost": cost,
            "statements": statements, "answers": answers, "outcome": outcome, "codes": codes})
    };
    let refused = "UNAUTHENTICATED";
    assert_eq!(
        lines,
        [
            line("one", ["mutation", "SignIn", "login", "anonymous", "ok", ""], Value::Null, Value::Null, 1),
            line("two", ["query", "Mine", "me", "user", "ok", ""], Value::Null, Value::Null, 1),
            line("three", ["query", "Mine", "me", "anonymous", "refused", refused], Value::Null, json!(0), 0),
            line(
                "four",
                ["unknown", "", "unknown", "rejected", "refused", "GRAPHQL_PARSE_FAILED"],
                json!(0),
                json!(0),
                0
            ),
        ]
    );
    let all = process.logged();
    for secret in ["hush-hush", "ada@example.org", &ada.tokens.access, "tampered-token"] {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
}
