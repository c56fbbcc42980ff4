//! Publishing quizzes, and what is frozen by that.

use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::{adds_bank, adds_draw, adds_question, creates_quiz, does};

async fn readiness(person: &Person, quiz: &str) -> Value {
    let query = format!(
        "{{ quizPublishReadiness(id: \"{quiz}\") {{ ready blockers {{ code message }} warnings {{ code }} }} }}"
    );
    person.ask(&query).await.at("/quizPublishReadiness").clone()
}

async fn publish(person: &Person, quiz: &str) -> Vec<String> {
    let answer = does(person, "publishQuiz", &format!("id: \"{quiz}\""), "").await;
    answer.user_errors().into_iter().map(String::from).collect()
}

/// The versions of a quiz: number, points, how many questions, and the texts of all that there are.
async fn versions(person: &Person, quiz: &str) -> Vec<(i64, f64, i64, Vec<String>)> {
    let query = format!(
        "{{ node(id: \"{quiz}\") {{ ... on Quiz {{ versions {{ nodes {{ number content {{ points questionCount
            items {{ questions {{ question {{ questionText }} }} }} }} }} }} }} }} }}"
    );
    let answer = person.ask(&query).await;
    let version = |version: &Value| {
        let content = &version["content"];
        let items = content["items"].as_array().unwrap().iter().flat_map(|item| item["questions"].as_array().unwrap());
        let texts = items.map(|it| it["question"]["questionText"].as_str().unwrap().to_string()).collect();
        let number = |value: &Value| value.as_i64().unwrap();
        (number(&version["number"]), content["points"].as_f64().unwrap(), number(&content["questionCount"]), texts)
    };
    answer.at("/node/versions/nodes").as_array().unwrap().iter().map(version).collect()
}

#[on_both]
async fn what_stands_against_it_is_told_before_and_by_publishing(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.drafts("Rust").await;
    let quiz = creates_quiz(&tomas, &course, "Quiz").await;
    let told = readiness(&tomas, &quiz).await;
    let blocker = json!([{"code": "QUIZ_NEEDS_QUESTION", "message": "A quiz needs at least one question before it is published."}]);
    let warnings = json!([{"code": "QUIZ_WITHOUT_DESCRIPTION"}, {"code": "QUIZ_COURSE_UNPUBLISHED"}]);
    assert_eq!(told, json!({"ready": false, "blockers": blocker, "warnings": warnings}));
    assert_eq!(publish(&tomas, &quiz).await, ["QUIZ_NEEDS_QUESTION"]);
    let bank = adds_bank(&tomas, &course, "Bank").await;
    for text in ["a", "b", "c"] {
        adds_question(&tomas, &json!({"bankId": bank, "questionText": text})).await;
    }
    // Each draw could have what it wants, both together can't.
    for _ in 0..2 {
        adds_draw(&tomas, &quiz, &bank, 2).await;
    }
    let told = readiness(&tomas, &quiz).await;
    let message = "4 questions are to be drawn from the bank \"Bank\", which has 3.";
    assert_eq!(told["blockers"], json!([{"code": "QUIZ_BANK_TOO_SMALL", "message": message}]));
    assert_eq!(publish(&tomas, &quiz).await, ["QUIZ_BANK_TOO_SMALL"]);
    adds_question(&tomas, &json!({"bankId": bank, "questionText": "d"})).await;
    does(&tomas, "updateQuiz", &format!("id: \"{quiz}\", dueAt: \"2020-01-01T00:00:00Z\""), "").await.data();
    assert_eq!(publish(&tomas, &quiz).await, ["QUIZ_WINDOW_OVER"]);
    let change = format!("id: \"{quiz}\", dueAt: null, description: \"x\", showKeyAfter: NEVER");
    does(&tomas, "updateQuiz", &change, "").await.data();
    let told = readiness(&tomas, &quiz).await;
    assert_eq!(told, json!({"ready": true, "blockers": [], "warnings": [{"code": "QUIZ_COURSE_UNPUBLISHED"}]}));
    assert_eq!(publish(&tomas, &quiz).await, [""; 0]);
    let all = ["a", "b", "c", "d", "a", "b", "c", "d"].map(String::from).to_vec();
    assert_eq!(versions(&tomas, &quiz).await, [(1, 4.0, 4, all)]);
}

#[on_both]
async fn a_version_is_what_was_published_whatever_comes_after(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let quiz = creates_quiz(&tomas, &course, "Quiz").await;
    let first = adds_question(&tomas, &json!({"quizId": quiz, "questionText": "one", "points": 2})).await;
    assert_eq!(publish(&tomas, &quiz).await, [""; 0]);
    // As it is, it is no other version.
    assert_eq!(publish(&tomas, &quiz).await, [""; 0]);
    let one = (1, 2.0, 1, vec!["one".to_string()]);
    assert_eq!(versions(&tomas, &quiz).await, std::slice::from_ref(&one));
    does(&tomas, "updateQuestion", &format!("id: \"{first}\", questionText: \"changed\""), "").await.data();
    adds_question(&tomas, &json!({"quizId": quiz, "questionText": "two"})).await;
    assert_eq!(versions(&tomas, &quiz).await, std::slice::from_ref(&one));
    assert_eq!(publish(&tomas, &quiz).await, [""; 0]);
    let two = (2, 3.0, 2, vec!["changed".to_string(), "two".to_string()]);
    assert_eq!(versions(&tomas, &quiz).await, [two.clone(), one.clone()]);
    does(&tomas, "deleteQuestion", &format!("id: \"{first}\""), "").await.data();
    does(&tomas, "updateQuiz", &format!("id: \"{quiz}\", passingScore: 50"), "").await.data();
    assert_eq!(publish(&tomas, &quiz).await, [""; 0]);
    let three = (3, 1.0, 1, vec!["two".to_string()]);
    assert_eq!(versions(&tomas, &quiz).await, [three, two, one]);
}

#[on_both]
async fn of_many_who_publish_at_once_one_freezes(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let quiz = creates_quiz(&tomas, &course, "Quiz").await;
    adds_question(&tomas, &json!({"quizId": quiz, "questionText": "one"})).await;
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (tomas, quiz) = (tomas.clone(), quiz.clone());
            tokio::spawn(async move { publish(&tomas, &quiz).await })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), [""; 0]);
    }
    assert_eq!(versions(&tomas, &quiz).await, [(1, 1.0, 1, vec!["one".to_string()])]);
}

#[on_both]
async fn what_is_taken_back_nobody_finds(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    let quiz = creates_quiz(&tomas, &course, "Quiz").await;
    let unpublish = format!("id: \"{quiz}\"");
    assert_eq!(does(&tomas, "unpublishQuiz", &unpublish, "").await.user_errors(), ["QUIZ_NOT_PUBLISHED"]);
    adds_question(&tomas, &json!({"quizId": quiz})).await;
    let seen = async || ada.ask(&format!("{{ node(id: \"{quiz}\") {{ id }} }}")).await.at("/node").clone();
    assert_eq!(seen().await, Value::Null);
    publish(&tomas, &quiz).await;
    assert_eq!(seen().await, json!({"id": quiz}));
    let taken = does(&tomas, "unpublishQuiz", &unpublish, "quiz { isPublished version }").await;
    assert_eq!(taken.at("/unpublishQuiz/quiz"), &json!({"isPublished": false, "version": 4}));
    assert_eq!(seen().await, Value::Null);
    let stale =
        does(&tomas, "publishQuiz", &format!("id: \"{quiz}\", expectedVersion: 1"), "quiz { isPublished }").await;
    assert_eq!(stale.user_errors(), ["STALE_VERSION"]);
    assert_eq!(stale.at("/publishQuiz/quiz/isPublished"), false);
}
