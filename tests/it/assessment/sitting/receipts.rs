//! What one can show for what was kept, and how anybody checks it. Everything here is made of what the README says and of what
//! the API answers, with nothing of ours.

use std::{fs, process::Command};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, VerifyingKey};
use kernel::Viewer;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use testkit::{Person, Server, TestApp, on_both};

use super::{School, answering::every_type, begins, saves, statements, submits};
use crate::conventions::workspace;

const KEPT: &str = "multipleChoice trueFalse shortAnswer essay numeric matching { prompt choice } ordering
    fillIn { name text } savedAt clientSequence";

/// All that the README asks for, as the API answers it.
async fn asked(person: &Person, attempt: &str) -> Value {
    let query = format!(
        "{{ quizAttempt(id: \"{attempt}\") {{ id receipt {{ sha256 keptAt statement signature }}
            questions {{ questionId options {{ key }} prompts {{ key }} answer {{ {KEPT} }} }} }} }}"
    );
    json!({"data": person.ask(&query).await.data()})
}

/// The three decimals of the seconds, whatever the API says of the rest.
fn instant(time: &Value) -> String {
    let time = time.as_str().unwrap();
    let fraction = time[19..].strip_prefix('.').map_or("", |rest| &rest[..3.min(rest.len())]);
    let digits: String = fraction.chars().take_while(char::is_ascii_digit).collect();
    format!("{}.{digits:0<3}Z", &time[..19])
}

/// An answer as the table of the README has it.
fn form(answer: &Value) -> String {
    let under = |list: &Value, name: &str, value: &str| {
        let pairs = list.as_array().unwrap().iter().map(|it| (it[name].as_str().unwrap(), it[value].clone()));
        let sorted: std::collections::BTreeMap<_, _> = pairs.collect();
        let members: Vec<String> = sorted.into_iter().map(|(name, value)| format!("{}:{value}", json!(name))).collect();
        format!("{{{}}}", members.join(","))
    };
    let (name, value) = answer.as_object().unwrap().iter().find(|(_, value)| !value.is_null()).unwrap();
    match name.as_str() {
        "multipleChoice" => format!("{{\"ids\":{value}}}"),
        "trueFalse" => format!("{{\"value\":{value}}}"),
        "shortAnswer" | "essay" => format!("{{\"text\":{value}}}"),
        "numeric" => format!("{{\"number\":{value}}}"),
        "matching" => format!("{{\"pairs\":{}}}", under(value, "prompt", "choice")),
        "ordering" => format!("{{\"order\":{value}}}"),
        "fillIn" => format!("{{\"gaps\":{}}}", under(value, "name", "text")),
        other => panic!("{other}"),
    }
}

/// The documented digest of these answers: question, answer.
fn digest(attempt: &str, answers: &[(&Value, &Value)]) -> String {
    let mut answers = answers.to_vec();
    answers.sort_by_key(|(question, _)| question.as_str());
    let text: Vec<String> = answers
        .into_iter()
        .map(|(question, answer)| {
            let (saved, sequence) = (instant(&answer["savedAt"]), &answer["clientSequence"]);
            let kept = without_place(answer);
            let form = form(&kept);
            format!("{{\"answer\":{form},\"question\":{question},\"savedAt\":\"{saved}\",\"sequence\":{sequence}}}")
        })
        .collect();
    let text = format!("{{\"answers\":[{}],\"attempt\":\"{attempt}\"}}", text.join(","));
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What was answered, without when and in which turn.
fn without_place(answer: &Value) -> Value {
    let mut kept = answer.clone();
    kept.as_object_mut().unwrap().retain(|name, _| name != "savedAt" && name != "clientSequence");
    kept
}

/// One answer of each type, some of it hard to write down.
async fn answers_all(app: &TestApp) -> (School, Person, String) {
    let school = School::with(app, "", &every_type()).await;
    let ada = school.learner("Ada").await;
    let attempt = begins(&ada, &school.quiz).await;
    let seen = asked(&ada, &attempt).await;
    let key = |question: usize, list: &str, place: usize| {
        seen["data"]["quizAttempt"]["questions"][question][list][place]["key"].clone()
    };
    let answers = [
        json!({"multipleChoice": [key(0, "options", 2), key(0, "options", 0)]}),
        json!({"trueFalse": false}),
        json!({"shortAnswer": " \"R\u{fc}st\" \\ / \u{1f980}\t\n\u{7fff}"}),
        json!({"numeric": "1,50"}),
        json!({"matching": [{"prompt": key(4, "prompts", 1), "choice": key(4, "options", 0)},
            {"prompt": key(4, "prompts", 0), "choice": key(4, "options", 0)}]}),
        json!({"ordering": [key(5, "options", 1), key(5, "options", 0)]}),
        json!({"fillIn": [{"name": "b", "text": "\u{2028}"}, {"name": "a", "text": "x"}]}),
    ];
    for (number, (question, answer)) in (3..).zip(school.questions.iter().zip(answers)) {
        app.world.pass(chrono::Duration::microseconds(1_234_567));
        assert_eq!(saves(&ada, &attempt, question, answer, number).await.user_errors(), [""; 0]);
    }
    (school, ada, attempt)
}

#[on_both]
async fn a_receipt_is_made_anew_from_what_is_documented(app: TestApp) {
    let (_, ada, attempt) = answers_all(&app).await;
    app.world.pass(chrono::Duration::microseconds(7_654_321));
    submits(&ada, &attempt).await.data();
    let seen = asked(&ada, &attempt).await;
    let seen = &seen["data"]["quizAttempt"];
    let questions = seen["questions"].as_array().unwrap();
    let answers: Vec<_> = questions.iter().map(|it| (&it["questionId"], &it["answer"])).collect();
    let receipt = &seen["receipt"];
    assert_eq!(receipt["sha256"], digest(&attempt, &answers));
    let lines = ["lectern receipt 1".to_string(), attempt, digest_of(receipt), instant(&receipt["keptAt"])];
    assert_eq!(receipt["statement"], lines.join("\n"));
    // The key is where programs look for it.
    let server = Server::start(&app).await;
    let keys: Value = server.get("/.well-known/jwks.json").await.json().await.unwrap();
    let key = URL_SAFE_NO_PAD.decode(keys["keys"][0]["x"].as_str().unwrap()).unwrap();
    let key = VerifyingKey::from_bytes(&key.try_into().unwrap()).unwrap();
    let signature = URL_SAFE_NO_PAD.decode(receipt["signature"].as_str().unwrap()).unwrap();
    let signature = Signature::from_slice(&signature).unwrap();
    assert!(key.verify_strict(receipt["statement"].as_str().unwrap().as_bytes(), &signature).is_ok());
    server.stop().await;
}

fn digest_of(receipt: &Value) -> String {
    receipt["sha256"].as_str().unwrap().to_string()
}

#[on_both]
async fn the_receipt_of_one_answer_has_the_same_form(app: TestApp) {
    let school = School::with(&app, "", &statements(2)).await;
    let ada = school.learner("Ada").await;
    let attempt = begins(&ada, &school.quiz).await;
    let query = format!(
        "mutation ($input: SaveAnswerInput!) {{ saveAnswer(input: $input) {{ answer {{ {KEPT} }} receipt {{ sha256 statement keptAt }} }} }}"
    );
    let question = json!(school.questions[1]);
    let input = json!({"attemptId": attempt, "questionId": question, "answer": {"trueFalse": true},
        "clientSequence": 1_795_000_000_000u64});
    let saved = ada.ask_with(&query, json!({"input": input})).await;
    let (answer, receipt) = (saved.at("/saveAnswer/answer"), saved.at("/saveAnswer/receipt"));
    assert_eq!(answer["clientSequence"], 1_795_000_000_000u64);
    assert_eq!(receipt["sha256"], digest(&attempt, &[(&question, answer)]));
    assert_eq!(receipt["keptAt"], answer["savedAt"]);
}

/// Whoever has it may ask, and hears nothing else.
#[on_both]
async fn a_receipt_is_checked_without_a_sign_in(app: TestApp) {
    let (_, ada, attempt) = answers_all(&app).await;
    let done = submits(&ada, &attempt).await;
    let receipt = done.at("/submitQuizAttempt/attempt/receipt").clone();
    let query = "query ($statement: String!, $signature: String!) { verifyReceipt(statement: $statement, signature: $signature) }";
    let asks = async |statement: &str, signature: &str| {
        let variables = json!({"statement": statement, "signature": signature});
        app.ask_as(&Viewer::Anonymous, query, variables).await.data().clone()
    };
    let (statement, signature) = (receipt["statement"].as_str().unwrap(), receipt["signature"].as_str().unwrap());
    assert_eq!(asks(statement, signature).await, json!({"verifyReceipt": true}));
    let other = statement.replace("lectern receipt 1", "lectern receipt 2");
    let longer = format!("{statement}\n");
    let forged = statement.replace("2026-07-01", "2026-06-30");
    for bad in [other.as_str(), longer.as_str(), forged.as_str(), ""] {
        assert_eq!(asks(bad, signature).await, json!({"verifyReceipt": false}), "{bad}");
    }
    assert_eq!(asks(statement, "").await, json!({"verifyReceipt": false}));
    // What else the school has signed is no receipt.
    let token = app.app.school.signer().unwrap().sign_text("header.claims");
    assert_eq!(asks("header.claims", &token).await, json!({"verifyReceipt": false}));
}

/// The program that the README has, on what the README asks for.
#[on_both]
async fn the_documented_program_says_which_receipt_is_good(app: TestApp) {
    let (_, ada, attempt) = answers_all(&app).await;
    submits(&ada, &attempt).await.data();
    let good = asked(&ada, &attempt).await;
    let mut forged = good.clone();
    forged["data"]["quizAttempt"]["questions"][1]["answer"]["trueFalse"] = json!(true);
    let server = Server::start(&app).await;
    let key = server.get("/.well-known/signing-key.pem").await.text().await.unwrap();
    server.stop().await;
    let readme = fs::read_to_string(workspace::root().join("README.md")).unwrap();
    let program = readme.split("```python\n").find(|block| block.contains("check_receipt.py")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    put("check_receipt.py", program.split("```").next().unwrap());
    put("signing-key.pem", &key);
    for (attempt, is_good) in [(good, true), (forged, false)] {
        put("attempt.json", &attempt.to_string());
        let mut check = Command::new("python3");
        let check = check.args(["check_receipt.py", "attempt.json", "signing-key.pem"]).current_dir(folder.path());
        let run = check.output().unwrap();
        let says = [run.stdout, run.stderr].map(|out| String::from_utf8_lossy(&out).into_owned()).concat();
        assert_eq!(
            (run.status.success(), says.contains("Signature Verified Successfully")),
            (is_good, is_good),
            "{says}"
        );
    }
}
