use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use crate::sweeps::placed_file;

async fn readiness(person: &Person, course: &str) -> Value {
    let query = "query ($id: ID!) { coursePublishReadiness(id: $id) {
        ready blockers { code message } warnings { code message } } }";
    person.ask_with(query, json!({"id": course})).await.at("/coursePublishReadiness").clone()
}

fn codes(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|item| item["code"].as_str().unwrap()).collect()
}

#[on_both]
async fn what_stands_against_it_is_what_publishing_answers(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let created = teacher.ask("mutation { createCourse(input: {title: \"Rust\"}) { course { id } } }").await;
    let course = created.at("/createCourse/course/id").as_str().unwrap().to_string();
    let publish = async || {
        let query = "mutation ($id: ID!) { publishCourse(input: {id: $id}) { userErrors { code message } } }";
        teacher.ask_with(query, json!({"id": course})).await.at("/publishCourse/userErrors").clone()
    };
    let told = readiness(&teacher, &course).await;
    assert_eq!(told["ready"], false);
    assert_eq!(codes(&told["blockers"]), ["COURSE_NEEDS_DESCRIPTION", "COURSE_NEEDS_SECTION"]);
    assert_eq!(told["blockers"], publish().await);
    let describe = "mutation ($id: ID!) { updateCourse(input: {id: $id, description: \"d\"}) { userErrors { code } } }";
    teacher.ask_with(describe, json!({"id": course})).await.data();
    let section = teacher.adds_section(&course, "Hidden").await;
    super::curriculum::update(&teacher, json!({"id": section, "isPublished": false})).await.data();
    let told = readiness(&teacher, &course).await;
    assert_eq!(codes(&told["blockers"]), ["COURSE_NEEDS_SECTION"]);
    assert_eq!(told["blockers"], publish().await);
    super::curriculum::update(&teacher, json!({"id": section, "isPublished": true})).await.data();
    let told = readiness(&teacher, &course).await;
    assert_eq!((&told["ready"], &told["blockers"]), (&json!(true), &json!([])));
    assert_eq!(publish().await, json!([]));
    let told = readiness(&teacher, &course).await;
    assert_eq!((&told["ready"], codes(&told["blockers"])), (&json!(false), vec!["COURSE_TRANSITION_INVALID"]));
}

#[on_both]
async fn what_may_have_been_forgotten_is_told_and_goes_when_it_is_there(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.drafts("Rust").await;
    teacher.adds_section(&course, "Empty").await;
    let (file, _) = placed_file(&app, &teacher, &course).await;
    let told = readiness(&teacher, &course).await;
    let all = [
        "COURSE_WITHOUT_PICTURE",
        "COURSE_WITHOUT_CATEGORY",
        "COURSE_WITHOUT_SHORT_DESCRIPTION",
        "COURSE_WITHOUT_LEARNING_OUTCOMES",
        "SECTION_EMPTY",
        "MEDIA_UNFINISHED",
    ];
    assert_eq!(codes(&told["warnings"]), all);
    assert_eq!(told["warnings"][4]["message"], "The section \"Empty\" holds no file and no published quiz.");
    assert_eq!(told["ready"], true, "a warning does not stand against it");
    let id = kernel::EntityId::from_wire(&file).unwrap();
    app.app.write_as_system(async |tx| media::processing::fail(tx, id, "No.").await).await.unwrap();
    let change =
        "mutation ($id: ID!) { updateCourse(input: {id: $id, shortDescription: \"s\", learningOutcomes: [\"x\"]}) {
        userErrors { code } } }";
    teacher.ask_with(change, json!({"id": course})).await.data();
    let told = readiness(&teacher, &course).await;
    let left = ["COURSE_WITHOUT_PICTURE", "COURSE_WITHOUT_CATEGORY", "SECTION_EMPTY", "MEDIA_FAILED"];
    assert_eq!(codes(&told["warnings"]), left);
}

#[on_both]
async fn only_authors_are_told(app: TestApp) {
    let (teacher, eve) = (app.instructor("Tomas").await, app.student("Eve").await);
    let (draft, published) = (teacher.drafts("Draft").await, teacher.publishes("Open").await);
    let query = "query ($id: ID!) { coursePublishReadiness(id: $id) { ready } }";
    assert_eq!(eve.ask_with(query, json!({"id": draft})).await.codes(), ["NOT_FOUND"]);
    assert_eq!(eve.ask_with(query, json!({"id": published})).await.codes(), ["FORBIDDEN"]);
}
