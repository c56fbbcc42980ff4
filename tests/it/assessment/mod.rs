mod asking;
mod banks;
mod deleting;
mod exchanging;
mod gradebook;
pub mod hand_grading;
mod hiding;
mod passing;
mod publishing;
mod quizzes;
mod regrading;
pub mod sitting;
mod travelling;

use serde_json::{Value, json};
use testkit::{Answer, Person};

/// A quiz that learners don't see, without questions: its id.
pub async fn creates_quiz(person: &Person, course: &str, title: &str) -> String {
    let query = "mutation ($input: CreateQuizInput!) { createQuiz(input: $input) { quiz { id } userErrors { code } } }";
    let answer = person.ask_with(query, json!({"input": {"courseId": course, "title": title}})).await;
    assert_eq!(answer.user_errors(), [""; 0]);
    answer.at("/createQuiz/quiz/id").as_str().unwrap().to_string()
}

/// An empty question bank: its id.
pub async fn adds_bank(person: &Person, course: &str, name: &str) -> String {
    let query = "mutation ($input: CreateQuestionBankInput!) {
        createQuestionBank(input: $input) { questionBank { id } userErrors { code } } }";
    let answer = person.ask_with(query, json!({"input": {"courseId": course, "name": name}})).await;
    assert_eq!(answer.user_errors(), [""; 0]);
    answer.at("/createQuestionBank/questionBank/id").as_str().unwrap().to_string()
}

/// A place in a quiz for so many questions of a bank: its id.
pub async fn adds_draw(person: &Person, quiz: &str, bank: &str, count: i32) -> String {
    let query =
        "mutation ($input: AddBankDrawInput!) { addBankDraw(input: $input) { bankDraw { id } userErrors { code } } }";
    let answer = person.ask_with(query, json!({"input": {"quizId": quiz, "bankId": bank, "count": count}})).await;
    assert_eq!(answer.user_errors(), [""; 0]);
    answer.at("/addBankDraw/bankDraw/id").as_str().unwrap().to_string()
}

/// What is given of a question over a true statement.
pub async fn asks(person: &Person, input: &Value) -> Answer {
    let mut all = json!({"questionText": "Is it?", "content": {"trueFalse": {"isTrue": true}}});
    all.as_object_mut().unwrap().extend(input.as_object().unwrap().clone());
    let query = "mutation ($input: AddQuestionInput!) { addQuestion(input: $input) { question { id } userErrors { code field } } }";
    person.ask_with(query, json!({"input": all})).await
}

/// A question that is there then: its id.
pub async fn adds_question(person: &Person, input: &Value) -> String {
    let answer = asks(person, input).await;
    assert_eq!(answer.user_errors(), [""; 0], "{input}");
    answer.at("/addQuestion/question/id").as_str().unwrap().to_string()
}

/// A mutation of a quiz by these fields; the quiz's fields in the answer.
pub async fn does(person: &Person, mutation: &str, fields: &str, wanted: &str) -> Answer {
    let document = format!("mutation {{ {mutation}(input: {{{fields}}}) {{ {wanted} userErrors {{ code field }} }} }}");
    person.ask(&document).await
}
