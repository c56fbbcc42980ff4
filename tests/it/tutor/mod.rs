//! The tutor: what it answers from, how an answer comes, whose conversations they are.

mod answering;
mod asking;
mod attempts;
mod conversing;
mod following;
mod grounding;
mod injecting;
mod models;
mod opening;
mod staling;
mod suggesting;

use kernel::{CourseId, EntityId};
use learning::{EnrollmentStatus, enrollment};
use sea_orm::Set;
use serde_json::{Value, json};
use testkit::{Answer, ModelServer, Person, Reply, TestApp};

/// A published course about Rust with three sections, and somebody who takes it.
pub struct Class {
    pub app: TestApp,
    pub tomas: Person,
    pub ada: Person,
    pub course: String,
    pub ownership: String,
    pub errors: String,
}

pub const OWNERSHIP: &str = "Every value has one owner. When the owner goes out of scope, the value is dropped. Borrowing lends a value without giving it away.";
pub const ERRORS: &str =
    "A function that can fail returns a Result. The question mark operator hands an error to the caller.";

impl Class {
    pub async fn open(app: &TestApp) -> Self {
        let tomas = app.instructor("Tomas").await;
        let course = tomas.drafts("Rust from Zero").await;
        let ownership = adds(&tomas, &course, "Ownership", json!({"description": OWNERSHIP})).await;
        let errors = adds(&tomas, &course, "Errors", json!({"description": ERRORS})).await;
        publishes(&tomas, &course).await;
        let ada = app.student("Ada").await;
        enrols(app, &ada, &course).await;
        Self { app: app.clone(), tomas, ada, course, ownership, errors }
    }

    /// Asks, and waits for the answer.
    pub async fn answers(&self, question: &str) -> Value {
        answers(&self.app, &self.ada, &self.course, question).await
    }
}

/// The id of a new section.
pub async fn adds(person: &Person, course: &str, title: &str, more: Value) -> String {
    let query = "mutation ($input: CreateSectionInput!) { createSection(input: $input) { section { id } userErrors { code } } }";
    let mut input = json!({"courseId": course, "title": title});
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let answer = person.ask_with(query, json!({"input": input})).await;
    answer.at("/createSection/section/id").as_str().unwrap_or_else(|| panic!("{answer:?}")).to_string()
}

pub async fn publishes(person: &Person, course: &str) {
    let query = "mutation ($id: ID!) { publishCourse(input: {id: $id}) { userErrors { code } } }";
    assert_eq!(person.ask_with(query, json!({"id": course})).await.user_errors(), [""; 0]);
}

pub async fn changes_section(person: &Person, section: &str, more: Value) {
    let query = "mutation ($input: UpdateSectionInput!) { updateSection(input: $input) { userErrors { code } } }";
    let mut input = json!({"id": section});
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    assert_eq!(person.ask_with(query, json!({"input": input})).await.user_errors(), [""; 0]);
}

pub async fn enrols(app: &TestApp, person: &Person, course: &str) {
    let mut tx = app.tx().await;
    let row = enrollment::ActiveModel {
        id: Set(tx.new_id().unwrap()),
        user_id: Set(person.id),
        course_id: Set(CourseId::from_wire(course).unwrap()),
        enrolled_at: Set(tx.now),
        status: Set(EnrollmentStatus::Active),
        ..Default::default()
    };
    let row = tx.stamp(row, tx.now);
    tx.insert_all(vec![row]).await.unwrap();
    tx.commit().await.unwrap();
}

const ASK: &str = "mutation ($input: AskTutorInput!) { askTutor(input: $input) {
    message { id state response answeredBy citations { number } } conversation { id title isOpenToStaff }
    userErrors { code field message } } }";

/// Asks; the answer is on its way then.
pub async fn asks(person: &Person, course: &str, conversation: Option<&str>, question: &str) -> Answer {
    let input = json!({"courseId": course, "conversationId": conversation, "message": question});
    person.ask_with(ASK, json!({"input": input})).await
}

/// The same, of another server than the one that the person is known at.
pub async fn asks_at(
    app: &TestApp,
    person: &Person,
    course: &str,
    conversation: Option<&str>,
    question: &str,
) -> Answer {
    let input = json!({"courseId": course, "conversationId": conversation, "message": question});
    app.ask_as(&person.viewer, ASK, json!({"input": input})).await
}

/// The id of what was asked, and of its conversation.
pub fn ids(answer: &Answer) -> (String, String) {
    let text = |pointer: &str| answer.at(pointer).as_str().unwrap_or_else(|| panic!("{answer:?}")).to_string();
    (text("/askTutor/message/id"), text("/askTutor/conversation/id"))
}

pub const MESSAGE: &str =
    "query ($id: ID!) { node(id: $id) { ... on AiChat { state failure response answeredBy model isGrounded
    restriction tokensUsed rating ratingComment conversation { id } citations { number kind title quote version stale
    startOffset endOffset startSeconds endSeconds course { id } section { id } media { id } } } } }";

/// An exchange as this person sees it.
pub async fn seen(person: &Person, message: &str) -> Value {
    person.ask_with(MESSAGE, json!({"id": message})).await.at("/node").clone()
}

/// Asks in a new conversation, and waits for the answer.
pub async fn answers(app: &TestApp, person: &Person, course: &str, question: &str) -> Value {
    let (message, _) = ids(&asks_at(app, person, course, None, question).await);
    app.run_jobs().await;
    seen(person, &message).await
}

/// The same school with a language model that says these, one after the other.
pub async fn with_model(app: &TestApp, replies: impl IntoIterator<Item = Reply>) -> (TestApp, ModelServer) {
    let server = ModelServer::start(replies).await;
    let model = server.model(app.world.clone());
    (app.tuned(|app| app.model = Some(model)), server)
}
