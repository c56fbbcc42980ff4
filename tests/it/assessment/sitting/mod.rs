//! How a quiz is sat.

mod answering;
mod beginning;
mod deadlines;
mod granting;
mod killed;
mod leaving;
mod listening;
mod racing;
mod receipts;
mod secrecy;
mod statements;

use kernel::{CourseId, EntityId};
use learning::{EnrollmentSource, EnrollmentStatus, enrollment};
use sea_orm::Set;
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp};

use super::{adds_question, creates_quiz, does};

/// A published quiz of a published course, and who teaches it.
pub struct School {
    pub app: TestApp,
    pub tomas: Person,
    pub course: String,
    pub quiz: String,
    pub questions: Vec<String>,
}

impl School {
    /// With these settings of the quiz, and these questions.
    pub async fn with(app: &TestApp, settings: &str, questions: &[Value]) -> Self {
        let tomas = app.instructor("Tomas").await;
        let course = tomas.publishes("Rust").await;
        Self::in_course(app, tomas, course, settings, questions).await
    }

    /// The quiz in a course that is there.
    pub async fn in_course(app: &TestApp, tomas: Person, course: String, settings: &str, questions: &[Value]) -> Self {
        let quiz = creates_quiz(&tomas, &course, "Quiz").await;
        if !settings.is_empty() {
            let set = does(&tomas, "updateQuiz", &format!("id: \"{quiz}\", {settings}"), "").await;
            assert_eq!(set.user_errors(), [""; 0], "{settings}");
        }
        let mut ids = vec![];
        for question in questions {
            let mut input = question.clone();
            input["quizId"] = json!(quiz);
            ids.push(adds_question(&tomas, &input).await);
        }
        let published = does(&tomas, "publishQuiz", &format!("id: \"{quiz}\""), "").await;
        assert_eq!(published.user_errors(), [""; 0]);
        Self { app: app.clone(), tomas, course, quiz, questions: ids }
    }

    /// Somebody who takes the course.
    pub async fn learner(&self, name: &str) -> Person {
        let person = self.app.student(name).await;
        enrols(&self.app, &person, &self.course).await;
        person
    }
}

/// Gives somebody a place in a course.
pub async fn enrols(app: &TestApp, person: &Person, course: &str) {
    let mut tx = app.tx().await;
    let row = enrollment::ActiveModel {
        id: Set(tx.new_id().unwrap()),
        user_id: Set(person.id),
        course_id: Set(CourseId::from_wire(course).unwrap()),
        enrolled_at: Set(tx.now),
        status: Set(EnrollmentStatus::Active),
        source: Set(EnrollmentSource::Grant),
        ..Default::default()
    };
    let row = tx.stamp(row, tx.now);
    tx.insert_all(vec![row]).await.unwrap();
    tx.commit().await.unwrap();
}

/// So many statements that are true, each worth a point.
pub fn statements(count: usize) -> Vec<Value> {
    let statement = |number| json!({"questionText": format!("Is {number} a number?"), "content": {"trueFalse": {"isTrue": true}}, "points": 1});
    (0..count).map(statement).collect()
}

pub async fn starts(person: &Person, quiz: &str) -> Answer {
    does(person, "startQuizAttempt", &format!("quizId: \"{quiz}\""), "attempt { id attemptNumber status expiresAt }")
        .await
}

/// Begins an attempt: its id.
pub async fn begins(person: &Person, quiz: &str) -> String {
    let started = starts(person, quiz).await;
    assert_eq!(started.user_errors(), [""; 0]);
    started.at("/startQuizAttempt/attempt/id").as_str().unwrap().to_string()
}

pub async fn saves(person: &Person, attempt: &str, question: &str, answer: Value, sequence: i32) -> Answer {
    let query = "mutation ($input: SaveAnswerInput!) { saveAnswer(input: $input) {
        answer { multipleChoice trueFalse shortAnswer essay numeric matching { prompt choice } ordering
            fillIn { name text } clientSequence }
        isSuperseded userErrors { code field } } }";
    let input = json!({"attemptId": attempt, "questionId": question, "answer": answer, "clientSequence": sequence});
    person.ask_with(query, json!({"input": input})).await
}

pub async fn submits(person: &Person, attempt: &str) -> Answer {
    let wanted = "attempt { status score maxScore percentage isPassed timeTakenSeconds isExpired completedAt
        receipt { sha256 statement signature } }";
    does(person, "submitQuizAttempt", &format!("attemptId: \"{attempt}\""), wanted).await
}

/// Fields of an attempt.
pub async fn sees(person: &Person, attempt: &str, wanted: &str) -> Value {
    let answer = person.ask(&format!("{{ quizAttempt(id: \"{attempt}\") {{ {wanted} }} }}")).await;
    answer.at("/quizAttempt").clone()
}
