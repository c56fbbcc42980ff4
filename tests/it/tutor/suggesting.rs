use gateway::seed::DEMO_LOGINS;
use serde_json::{Value, json};
use testkit::{TestApp, on_both};

use super::{Class, adds};

async fn suggested(person: &testkit::Person, course: &str) -> Value {
    let query = "query ($id: ID!) { tutorSuggestions(courseId: $id) { question section { title } } }";
    person.ask_with(query, json!({"id": course})).await.at("/tutorSuggestions").clone()
}

#[on_both]
async fn what_is_suggested_can_be_asked_and_is_answered(app: TestApp) {
    let class = Class::open(&app).await;
    adds(&class.tomas, &class.course, "Locked", json!({"description": "Secret.", "isPublished": false})).await;
    adds(&class.tomas, &class.course, "Bare", json!({})).await;
    let suggestions = suggested(&class.ada, &class.course).await;
    assert_eq!(
        suggestions,
        json!([
            {"question": "What is \"Ownership\" about?", "section": {"title": "Ownership"}},
            {"question": "What is \"Errors\" about?", "section": {"title": "Errors"}},
        ])
    );
    for suggestion in suggestions.as_array().unwrap() {
        let answer = class.answers(suggestion["question"].as_str().unwrap()).await;
        assert_eq!(answer["citations"][0]["title"], suggestion["section"]["title"], "{answer:#}");
    }
    let eve = app.student("Eve").await;
    assert_eq!(suggested(&eve, &class.course).await, json!([]), "there is nothing that they may open");
    let draft = class.tomas.drafts("Draft").await;
    assert_eq!(suggested(&eve, &draft).await, json!(null));
}

/// On a fresh machine, without a key: every suggestion for the demo's student is answered from the course.
#[on_both]
async fn the_demo_school_has_a_tutor(app: TestApp) {
    gateway::seed::seed_demo(app.db(), &app.app.storage, "hash").await.unwrap();
    let email = DEMO_LOGINS[2].1;
    let mut tx = app.tx().await;
    use kernel::Live;
    use sea_orm::{ColumnTrait, QueryFilter};
    let found = accounts::user::Entity::live().filter(accounts::user::Column::EmailKey.eq(email));
    let student = found.one(&tx.conn).await.unwrap().unwrap();
    let tokens = accounts::sign_in(&mut tx, student.id, accounts::Device::default()).await.unwrap();
    tx.take_events();
    tx.commit().await.unwrap();
    let viewer = app.viewer_of(&tokens.access).await.unwrap();
    let mine =
        app.ask_as(&viewer, "{ me { enrollments(first: 20) { nodes { status course { id } } } } }", json!({})).await;
    let nodes = mine.at("/me/enrollments/nodes").as_array().unwrap().clone();
    let active = nodes.iter().find(|node| node["status"] == "ACTIVE").expect("the demo's student learns something");
    let course = active["course"]["id"].as_str().unwrap();
    let query = format!("{{ tutorSuggestions(courseId: \"{course}\") {{ question }} }}");
    let suggestions = app.ask_as(&viewer, &query, json!({})).await.at("/tutorSuggestions").as_array().unwrap().clone();
    assert_eq!(suggestions.len(), 5);
    for suggestion in suggestions {
        let input = json!({"courseId": course, "message": suggestion["question"]});
        let asked = app.ask_as(&viewer, super::ASK, json!({"input": input})).await;
        let (message, _) = super::ids(&asked);
        app.run_jobs().await;
        let answer = app.ask_as(&viewer, super::MESSAGE, json!({"id": message})).await.at("/node").clone();
        assert_eq!(
            [&answer["state"], &answer["isGrounded"], &answer["answeredBy"]],
            [&json!("COMPLETE"), &json!(true), &json!("EXTRACTIVE")],
            "{answer:#}"
        );
    }
}
