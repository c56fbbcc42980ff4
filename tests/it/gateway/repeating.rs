//! Requests that come again with the key of the first.

use chrono::Duration;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use crate::dump::dump;

const CREATE: &str = "mutation ($key: String, $title: String!) {
    createCourse(input: {title: $title, idempotencyKey: $key}) { course { id title } userErrors { code field } } }";

async fn creates(person: &Person, key: &str, title: &str) -> Answer {
    person.ask_with(CREATE, json!({"key": key, "title": title})).await
}

async fn titles(person: &Person) -> Value {
    let answer = person.ask("{ me { taughtCourses { nodes { title } } } }").await;
    answer.at("/me/taughtCourses/nodes").clone()
}

#[on_both]
async fn what_was_asked_twice_is_done_once(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let first = creates(&tomas, "a", "Rust").await;
    let id = first.at("/createCourse/course/id").as_str().unwrap();
    let rename =
        format!("mutation {{ updateCourse(input: {{id: \"{id}\", title: \"Go\"}}) {{ userErrors {{ code }} }} }}");
    tomas.ask(&rename).await.data();
    assert_eq!(creates(&tomas, "a", "Rust").await.0, first.0, "the first answer, whatever became of it");
    assert_eq!(titles(&tomas).await, json!([{"title": "Go"}]));
}

#[on_both]
async fn a_key_stands_for_one_request(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    creates(&tomas, "a", "Rust").await.data();
    let answer = creates(&tomas, "a", "Go").await;
    let refused = json!({"createCourse": {"course": null,
        "userErrors": [{"code": "IDEMPOTENCY_CONFLICT", "field": ["input", "idempotencyKey"]}]}});
    assert_eq!(*answer.data(), refused);
    let other = "mutation { createCourse(input: {title: \"Rust\", idempotencyKey: \"a\"}) { userErrors { code } } }";
    let answer = tomas.ask(other).await;
    assert!(answer.codes().is_empty() && answer.user_errors() == ["IDEMPOTENCY_CONFLICT"], "{answer:?}");
    assert_eq!(titles(&tomas).await, json!([{"title": "Rust"}]));
}

#[on_both]
async fn what_failed_leaves_no_key(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let refused = creates(&tomas, "a", "").await;
    assert!(refused.at("/createCourse/course").is_null());
    assert_eq!(keys(&app).await, 0);
    assert_eq!(*creates(&tomas, "a", "Rust").await.at("/createCourse/course/title"), "Rust");
    assert_eq!(creates(&app.student("Ada").await, "a", "Rust").await.codes(), ["FORBIDDEN"]);
    assert_eq!(keys(&app).await, 1);
}

#[on_both]
async fn keys_are_ones_own(app: TestApp) {
    let (tomas, grete) = (app.instructor("Tomas").await, app.instructor("Grete").await);
    creates(&tomas, "a", "Rust").await.data();
    assert_eq!(*creates(&grete, "a", "Go").await.at("/createCourse/course/title"), "Go");
}

#[on_both]
async fn a_key_is_forgotten_after_a_day(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    creates(&tomas, "a", "Rust").await.data();
    app.world.pass(Duration::hours(24) - Duration::seconds(1));
    app.app.write_as_system(accounts::purge_tokens).await.unwrap();
    assert_eq!((keys(&app).await, creates(&tomas, "a", "Go").await.user_errors()), (1, vec!["IDEMPOTENCY_CONFLICT"]));
    app.world.pass(Duration::seconds(1));
    assert_eq!(*creates(&tomas, "a", "Go").await.at("/createCourse/course/title"), "Go", "as good as new");
    app.world.pass(Duration::hours(24));
    app.app.write_as_system(accounts::purge_tokens).await.unwrap();
    assert_eq!(keys(&app).await, 0);
}

#[on_both]
async fn of_many_at_once_one_is_done(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let answers = futures_util::future::join_all((0..8).map(|_| creates(&tomas, "a", "Rust"))).await;
    let (done, told): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.codes().is_empty());
    assert!(!done.is_empty() && done.iter().all(|answer| answer.0 == done[0].0), "{answers:?}");
    for answer in told {
        assert_eq!(answer.codes(), ["IDEMPOTENCY_IN_PROGRESS"]);
        assert_eq!(answer.0["errors"][0]["extensions"]["retryAfterSeconds"], 1);
    }
    assert_eq!(creates(&tomas, "a", "Rust").await.0, done[0].0);
    assert_eq!(titles(&tomas).await, json!([{"title": "Rust"}]));
}

#[on_both]
async fn an_answer_that_was_lost_is_not_waited_for_for_ever(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    creates(&tomas, "a", "Rust").await.data();
    app.db().write().execute_unprepared("UPDATE idempotency_keys SET answer = NULL").await.unwrap();
    assert_eq!(creates(&tomas, "a", "Rust").await.codes(), ["IDEMPOTENCY_IN_PROGRESS"]);
    app.world.pass(Duration::minutes(1));
    assert_eq!(creates(&tomas, "a", "Rust").await.codes(), ["IDEMPOTENCY_ANSWER_LOST"]);
    assert_eq!(titles(&tomas).await, json!([{"title": "Rust"}]));
}

#[on_both]
async fn two_of_one_document_don_t_share_a_key(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let query = "mutation ($input: CreateCourseInput!) {
        a: createCourse(input: $input) { userErrors { code } }
        b: createCourse(input: $input) { userErrors { code } } }";
    let input = json!({"input": {"title": "Rust", "idempotencyKey": "a"}});
    let first = tomas.ask_with(query, input.clone()).await;
    let conflict = json!([{"code": "IDEMPOTENCY_CONFLICT"}]);
    assert_eq!(*first.data(), json!({"a": {"userErrors": []}, "b": {"userErrors": conflict}}));
    assert_eq!(tomas.ask_with(query, input).await.0, first.0);
}

#[on_both]
async fn a_key_has_1_to_255_characters_and_null_is_none(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    for key in [String::new(), "é".repeat(256)] {
        let answer = creates(&tomas, &key, "Rust").await;
        assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
        assert_eq!(answer.0["errors"][0]["extensions"]["field"], json!(["input", "idempotencyKey"]));
        assert_eq!(answer.0["errors"][0]["path"], json!(["createCourse"]));
    }
    creates(&tomas, &"é".repeat(255), "Rust").await.data();
    for _ in 0..2 {
        tomas.ask_with(CREATE, json!({"key": null, "title": "Go"})).await.data();
    }
    assert_eq!(titles(&tomas).await.as_array().unwrap().len(), 3);
}

#[on_both]
async fn nothing_that_was_asked_or_answered_can_be_read_in_the_database(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let answer = creates(&tomas, "my-own-key", "Rust").await;
    let dump = dump(&app).await;
    let kept: Vec<&str> = dump.lines().filter(|line| line.starts_with("idempotency_keys.")).collect();
    assert!(!kept.is_empty());
    let id = answer.at("/createCourse/course/id").as_str().unwrap();
    for secret in ["my-own-key", "Rust", id, "createCourse"] {
        assert!(kept.iter().all(|line| !line.contains(secret)), "{secret}: {kept:?}");
    }
}

async fn keys(app: &TestApp) -> i64 {
    let db = app.db().read();
    let count = Statement::from_string(app.db().backend(), "SELECT COUNT(*) AS n FROM idempotency_keys");
    db.query_one_raw(count).await.unwrap().unwrap().try_get("", "n").unwrap()
}
