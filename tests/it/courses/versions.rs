use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::{
    curriculum::{delete, reorder, update, version},
    lifecycle::let_it,
};
use crate::sweeps::placed_file;

async fn versions(person: &Person, course: &str) -> Answer {
    let query = "query ($id: ID!) { courseVersions(courseId: $id) { totalCount nodes {
        id number publishedAt publishedBy { name } course { title } content {
            title files { title } sections { id title isPublished files { id title } quizzes { id } } } } } }";
    person.ask_with(query, json!({"id": course})).await
}

async fn restore(person: &Person, course: &str, version: &str, expected: Value) -> Answer {
    let query = "mutation ($input: RestoreCourseVersionInput!) { restoreCourseVersion(input: $input) {
        course { version title sections { id title description order isPreview mediaFiles { id } } mediaFiles { nodes { id section { title } } } }
        userErrors { code field } } }";
    let input = json!({"courseId": course, "versionId": version, "expectedVersion": expected});
    person.ask_with(query, json!({"input": input})).await
}

async fn again(person: &Person, course: &str) {
    for mutation in ["unpublishCourse", "publishCourse"] {
        assert_eq!(let_it(person, mutation, json!({"id": course})).await.user_errors(), [""; 0]);
    }
}

/// Its id, and the number of each version, the latest first.
async fn numbers(person: &Person, course: &str) -> Vec<i64> {
    let versions = versions(person, course).await;
    let nodes = versions.at("/courseVersions/nodes").as_array().unwrap().iter();
    nodes.map(|version| version["number"].as_i64().unwrap()).collect()
}

#[on_both]
async fn each_publication_of_something_new_is_a_version(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.drafts("Rust").await;
    let (file, section) = placed_file(&app, &teacher, &course).await;
    assert_eq!(numbers(&teacher, &course).await, [0; 0], "a draft has none");
    let_it(&teacher, "publishCourse", json!({"id": course})).await.data();
    app.world.pass(chrono::Duration::days(1));
    again(&teacher, &course).await;
    assert_eq!(numbers(&teacher, &course).await, [1], "nothing has changed");
    update(&teacher, json!({"id": section, "title": "Renamed"})).await.data();
    again(&teacher, &course).await;
    let found = versions(&teacher, &course).await;
    assert_eq!(found.at("/courseVersions/totalCount"), 2);
    let first = found.at("/courseVersions/nodes/1");
    let held = json!({"title": "Rust", "files": [], "sections": [{"id": section, "title": "With a file",
        "isPublished": true, "files": [{"id": file, "title": "a.mp4"}], "quizzes": []}]});
    assert_eq!(first["content"], held, "what it was then");
    assert_eq!(
        json!([first["number"], first["publishedAt"], first["publishedBy"]["name"]]),
        json!([1, "2026-07-01T12:00:00+00:00", "Tomas"])
    );
    let second = found.at("/courseVersions/nodes/0");
    assert_eq!(json!([second["number"], second["content"]["sections"][0]["title"]]), json!([2, "Renamed"]));
}

#[on_both]
async fn only_authors_see_versions(app: TestApp) {
    let (teacher, eve) = (app.instructor("Tomas").await, app.instructor("Eve").await);
    let course = teacher.publishes("Rust").await;
    assert_eq!(versions(&eve, &course).await.codes(), ["FORBIDDEN"]);
    let id = versions(&teacher, &course).await.at("/courseVersions/nodes/0/id").clone();
    let query = "query ($id: ID!) { node(id: $id) { ... on CourseVersion { number content { title } } } }";
    assert_eq!(eve.ask_with(query, json!({"id": id})).await.at("/node"), &Value::Null);
    let own = teacher.ask_with(query, json!({"id": id})).await;
    assert_eq!(own.at("/node"), &json!({"number": 1, "content": {"title": "Rust"}}));
    let_it(&teacher, "unpublishCourse", json!({"id": course})).await.data();
    assert_eq!(versions(&eve, &course).await.codes(), ["NOT_FOUND"]);
}

#[on_both]
async fn the_former_curriculum_comes_back_whole(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.drafts("Rust").await;
    let (one, first) = placed_file(&app, &teacher, &course).await;
    let (two, second) = placed_file(&app, &teacher, &course).await;
    update(&teacher, json!({"id": first, "title": "First", "description": "d", "isPreview": true})).await.data();
    update(&teacher, json!({"id": second, "title": "Second"})).await.data();
    let_it(&teacher, "publishCourse", json!({"id": course})).await.data();
    let frozen = versions(&teacher, &course).await.at("/courseVersions/nodes/0/id").as_str().unwrap().to_string();
    // Everything becomes otherwise.
    let seen = version(&teacher, &course).await;
    let order = json!([{"sectionId": second, "mediaIds": [one, two]}, {"sectionId": first}]);
    reorder(&teacher, &course, seen, order).await.data();
    update(&teacher, json!({"id": second, "title": "Renamed", "isPreview": true})).await.data();
    assert_eq!(delete(&teacher, json!({"id": first})).await.user_errors(), [""; 0]);
    let (new, added) = placed_file(&app, &teacher, &course).await;
    let rename = "mutation ($id: ID!) { updateCourse(input: {id: $id, title: \"Rust 2\"}) { userErrors { code } } }";
    teacher.ask_with(rename, json!({"id": course})).await.data();

    let seen = version(&teacher, &course).await;
    let stale = restore(&teacher, &course, &frozen, json!(seen - 1)).await;
    assert_eq!(stale.user_errors(), ["STALE_VERSION"]);
    assert_eq!(stale.at("/restoreCourseVersion/course/version"), seen);
    let back = restore(&teacher, &course, &frozen, json!(seen)).await;
    assert_eq!(back.user_errors(), [""; 0]);
    let now = back.at("/restoreCourseVersion/course");
    let sections = json!([
        {"id": first, "title": "First", "description": "d", "order": 0, "isPreview": true, "mediaFiles": [{"id": one}]},
        {"id": second, "title": "Second", "description": "", "order": 1, "isPreview": false, "mediaFiles": [{"id": two}]},
    ]);
    assert_eq!(now["sections"], sections);
    assert_eq!(json!([now["title"], now["version"]]), json!(["Rust 2", seen + 1]), "its words stay");
    let whole: Vec<_> =
        now["mediaFiles"]["nodes"].as_array().unwrap().iter().filter(|it| it["section"].is_null()).collect();
    assert_eq!(whole, [&json!({"id": new, "section": null})], "what was added since is not lost");
    let taught: Vec<_> = now["mediaFiles"]["nodes"].as_array().unwrap().iter().map(|it| &it["id"]).collect();
    assert_eq!(taught, [&json!(new), &json!(one), &json!(two)], "in the order in which they are taught");
    let gone = teacher.ask_with("query ($id: ID!) { node(id: $id) { id } }", json!({"id": added})).await;
    assert_eq!(gone.at("/node"), &Value::Null);
    again(&teacher, &course).await;
    assert_eq!(numbers(&teacher, &course).await, [2, 1], "and is itself a version when published");
}

#[on_both]
async fn what_has_left_the_course_does_not_come_back_and_another_courses_version_is_none(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.drafts("Rust").await;
    let (file, _) = placed_file(&app, &teacher, &course).await;
    let_it(&teacher, "publishCourse", json!({"id": course})).await.data();
    let frozen = versions(&teacher, &course).await.at("/courseVersions/nodes/0/id").as_str().unwrap().to_string();
    let detach = "mutation ($file: ID!) { detachMedia(input: {mediaId: $file}) { userErrors { code } } }";
    teacher.ask_with(detach, json!({"file": file})).await.data();
    let back = restore(&teacher, &course, &frozen, Value::Null).await;
    assert_eq!(back.at("/restoreCourseVersion/course/sections/0/mediaFiles"), &json!([]));
    let other = teacher.publishes("Other").await;
    assert_eq!(restore(&teacher, &other, &frozen, Value::Null).await.codes(), ["NOT_FOUND"]);
}

#[on_both]
async fn of_16_who_put_a_version_back_at_once_one_does(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.publishes("Rust").await;
    let frozen = versions(&teacher, &course).await.at("/courseVersions/nodes/0/id").as_str().unwrap().to_string();
    let seen = version(&teacher, &course).await;
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let (teacher, course, frozen) = (teacher.clone(), course.clone(), frozen.clone());
            tokio::spawn(async move { restore(&teacher, &course, &frozen, json!(seen)).await })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        done += usize::from(task.await.unwrap().user_errors().is_empty());
    }
    assert_eq!(done, 1);
    assert_eq!(version(&teacher, &course).await, seen + 1);
}
