//! Quizzes that go with their course: into a copy of it.

use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::{adds_bank, adds_draw, adds_question, creates_quiz, does};

/// All that a course's quizzes and banks are, without ids.
async fn all(person: &Person, course: &str) -> Value {
    let question = "questionText questionType points explanation options { key text } correctAnswer";
    let query = format!(
        "{{ course(id: \"{course}\") {{ questionBanks(first: 2) {{ nodes {{ name description questions(first: 5) {{ nodes {{ {question} }} }} }} }}
            quizzes(first: 2) {{ nodes {{ title isPublished showKeyAfter gradeMethod isRequired gracePeriodSeconds opensAt dueAt questionCount
                questions {{ orderIndex {question} }} draws {{ count pointsEach orderIndex questionBank {{ name }} }}
                versions(first: 2) {{ nodes {{ number content {{ points questionCount }} }} }} }} }} }} }}"
    );
    person.ask(&query).await.at("/course").clone()
}

#[on_both]
async fn a_copy_of_a_course_has_quizzes_banks_and_draws_of_its_own(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let (quiz, bank) = (creates_quiz(&tomas, &course, "Quiz").await, adds_bank(&tomas, &course, "Bank").await);
    let settings = "showKeyAfter: DUE, gradeMethod: FIRST, isRequired: true, gracePeriodSeconds: 5, dueAt: \"2030-01-01T00:00:00Z\"";
    does(&tomas, "updateQuiz", &format!("id: \"{quiz}\", {settings}"), "").await.data();
    let pairs = json!([{"prompt": "a", "choice": "x"}, {"prompt": "b", "choice": "y"}]);
    adds_question(&tomas, &json!({"bankId": bank, "content": {"matching": {"pairs": pairs}}})).await;
    adds_draw(&tomas, &quiz, &bank, 1).await;
    adds_question(&tomas, &json!({"quizId": quiz, "content": {"numeric": {"value": "1.5"}}, "explanation": "So."}))
        .await;
    does(&tomas, "publishQuiz", &format!("id: \"{quiz}\""), "").await.data();
    let copied = does(&tomas, "duplicateCourse", &format!("id: \"{course}\""), "course { id }").await;
    let copy = copied.at("/duplicateCourse/course/id").as_str().unwrap();
    let (original, copied) = (all(&tomas, &course).await, all(&tomas, copy).await);
    assert_eq!(copied, original);
    assert_eq!(
        original["quizzes"]["nodes"][0]["versions"]["nodes"][0]["content"],
        json!({"points": 2.0, "questionCount": 2})
    );
    // What becomes of the one is nothing to the other.
    let query = format!("{{ course(id: \"{copy}\") {{ questionBanks {{ nodes {{ id }} }} }} }}");
    let bank = tomas.ask(&query).await.at("/course/questionBanks/nodes/0/id").as_str().unwrap().to_string();
    adds_question(&tomas, &json!({"bankId": bank})).await;
    assert_eq!(all(&tomas, &course).await, original);
}
