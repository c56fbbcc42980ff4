//! The tutor, for the sweeps.

use kernel::Live;
use serde_json::{Value, json};
use testkit::TestApp;

use super::{
    audited::{
        Trail::{self, Records},
        mutation, ready,
    },
    needs::Without::{self, Refused},
    stranger::Attempt::{self, Turned},
};
use crate::tutor::{Class, asks, ids};

/// Conversations of somebody else, and courses of which the stranger sees the second.
pub async fn attempts(app: &TestApp, courses: [&str; 2]) -> Vec<(&'static str, Attempt)> {
    let asker = app.student("Asker").await;
    let (message, conversation) = ids(&asks(&asker, courses[1], None, "Why?").await);
    app.run_jobs().await;
    let go_on =
        |course: &str, more: &str| mutation("askTutor", &format!("courseId: \"{course}\", message: \"x\"{more}"));
    let asked = [go_on(courses[0], ""), go_on(courses[1], &format!(", conversationId: \"{conversation}\""))];
    let terms =
        courses.map(|course| mutation("setTutorPolicy", &format!("courseId: \"{course}\", isOpenToStaff: true")));
    let rates = mutation("rateAnswer", &format!("messageId: \"{message}\", rating: HELPFUL"));
    let deletes = mutation("deleteConversation", &format!("id: \"{conversation}\""));
    vec![
        ("askTutor", Turned(asked.to_vec(), &["NOT_FOUND", "NOT_FOUND"])),
        ("rateAnswer", Turned(vec![rates], &["NOT_FOUND"])),
        ("deleteConversation", Turned(vec![deletes], &["NOT_FOUND"])),
        ("setTutorPolicy", Turned(terms.to_vec(), &["NOT_FOUND", "FORBIDDEN"])),
    ]
}

/// All that there is of them.
pub async fn everything(app: &TestApp) -> Value {
    let db = app.db().read();
    let chats = ai::ai_chat::Entity::live().all(db).await.unwrap();
    let conversations = ai::tutor_conversation::Entity::live().all(db).await.unwrap();
    let policies = ai::tutor_policy::Entity::live().all(db).await.unwrap();
    json!([format!("{chats:?}"), format!("{conversations:?}"), format!("{policies:?}")])
}

/// For `needs.rs`: a course that is somebody else's.
pub fn probes(course: &str) -> Vec<(&'static str, (String, Without))> {
    let list = format!("{{ learnerConversations(courseId: \"{course}\") {{ totalCount }} }}");
    let sets = mutation("setTutorPolicy", &format!("courseId: \"{course}\", isOpenToStaff: true"));
    vec![
        ("Query.learnerConversations", (list, Refused("NOT_FOUND"))),
        ("Mutation.setTutorPolicy", (sets, Refused("NOT_FOUND"))),
    ]
}

pub fn of_tutor() -> [(&'static str, Trail); 4] {
    [
        (
            "askTutor",
            Records(
                "tutor.asked",
                ready!(|app| {
                    let class = Class::open(&app).await;
                    let input = format!("courseId: \"{}\", message: \"Why?\"", class.course);
                    (class.ada.viewer, mutation("askTutor", &input))
                }),
            ),
        ),
        (
            "rateAnswer",
            Records(
                "tutor.answer_rated",
                ready!(|app| {
                    let class = Class::open(&app).await;
                    let (message, _) = ids(&asks(&class.ada, &class.course, None, "Why?").await);
                    app.run_jobs().await;
                    let input = format!("messageId: \"{message}\", rating: HELPFUL");
                    (class.ada.viewer, mutation("rateAnswer", &input))
                }),
            ),
        ),
        (
            "deleteConversation",
            Records(
                "tutor.conversation_deleted",
                ready!(|app| {
                    let class = Class::open(&app).await;
                    let (_, conversation) = ids(&asks(&class.ada, &class.course, None, "Why?").await);
                    (class.ada.viewer, mutation("deleteConversation", &format!("id: \"{conversation}\"")))
                }),
            ),
        ),
        (
            "setTutorPolicy",
            Records(
                "course.tutor_policy_set",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let id = tomas.drafts("Rust").await;
                    (tomas.viewer, mutation("setTutorPolicy", &format!("courseId: \"{id}\", isOpenToStaff: true")))
                }),
            ),
        ),
    ]
}
