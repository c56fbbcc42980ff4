//! A server that is killed while answers are saved: what it has acknowledged is there.

use std::{
    process::Stdio,
    sync::{Arc, Mutex},
};

use clap::Parser;
use kernel::{SystemWorld, World};
use serde_json::{Value, json};
use testkit::{TestApp, on_both};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use super::{School, begins, sees};

/// Set for the process that is to be killed.
const SERVES: &str = "LECTERN_TEST_SERVES";

/// The server of the test below, in a process of its own: this program once more. Ends only by being killed. Without anything
/// to serve it has nothing to do.
#[test]
fn serves_when_told_to() {
    if std::env::var(SERVES).is_err() {
        return;
    }
    let cli = gateway::config::Cli::parse_from(["lectern", "serve", "--listen", "127.0.0.1:0", "--no-demo"]);
    gateway::run(cli).unwrap();
}

/// The process, and where it serves.
async fn serve(app: &TestApp) -> (Child, String) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["assessment::sitting::killed::serves_when_told_to", "--exact", "--nocapture"])
        .env(SERVES, "yes")
        .env("DATABASE_URL", app.url())
        .env("LECTERN_DATA_DIR", &app.data)
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        if let Some((_, url)) = line.split_once("GraphQL    ") {
            let url = url.trim().to_string();
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return (child, url);
        }
    }
    panic!("it does not serve");
}

#[on_both]
async fn no_acknowledged_answer_is_lost_when_the_server_is_killed(app: TestApp) {
    // The other process has the real clock.
    app.world.pass(SystemWorld.now() - app.world.now());
    let short = json!({"questionText": "What?", "content": {"shortAnswer": {"accepted": ["x"]}}, "points": 1});
    let school = School::with(&app, "", &vec![short; 8]).await;
    let ada = school.learner("Ada").await;
    let attempt = begins(&ada, &school.quiz).await;
    let (mut child, url) = serve(&app).await;
    let client = media::storage::client().unwrap();
    let acknowledged = Arc::new(Mutex::new(vec![-1i64; school.questions.len()]));
    let mut tasks = vec![];
    for (number, question) in school.questions.iter().enumerate() {
        let (client, url, token, acknowledged) =
            (client.clone(), url.clone(), ada.tokens.access.clone(), acknowledged.clone());
        let (attempt, question) = (attempt.clone(), question.clone());
        tasks.push(tokio::spawn(async move {
            let query = "mutation ($input: SaveAnswerInput!) { saveAnswer(input: $input) { answer { clientSequence } userErrors { code } } }";
            for sequence in 0i64.. {
                let input = json!({"attemptId": attempt, "questionId": question,
                    "answer": {"shortAnswer": sequence.to_string()}, "clientSequence": sequence});
                let body = json!({"query": query, "variables": {"input": input}});
                let Ok(response) = client.post(&url).bearer_auth(&token).json(&body).send().await else { return };
                let Ok(answer) = response.json::<Value>().await else { return };
                assert_eq!(answer["data"]["saveAnswer"]["answer"]["clientSequence"], sequence, "{answer}");
                acknowledged.lock().unwrap()[number] = sequence;
            }
        }));
    }
    while acknowledged.lock().unwrap().iter().any(|sequence| *sequence < 5) {
        tokio::task::yield_now().await;
    }
    child.kill().await.unwrap();
    for task in tasks {
        task.await.unwrap();
    }
    let acknowledged = acknowledged.lock().unwrap().clone();
    let seen = sees(&ada, &attempt, "questions { answer { shortAnswer clientSequence } }").await;
    for (question, acknowledged) in seen["questions"].as_array().unwrap().iter().zip(acknowledged) {
        let kept = question["answer"]["clientSequence"].as_i64().unwrap();
        // The last one may have been kept without anybody having heard of it.
        assert!(kept == acknowledged || kept == acknowledged + 1, "{kept} {acknowledged}");
        assert_eq!(question["answer"]["shortAnswer"], kept.to_string());
    }
}
