use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use crate::sweeps::placed_file;

pub async fn reorder(person: &Person, course: &str, version: i64, order: Value) -> Answer {
    let query = "mutation ($input: ReorderCurriculumInput!) { reorderCurriculum(input: $input) {
        course { version sections { title order mediaFiles { id } quizzes { id } } } userErrors { code field } } }";
    person.ask_with(query, json!({"input": {"courseId": course, "expectedVersion": version, "order": order}})).await
}

pub async fn update(person: &Person, input: Value) -> Answer {
    let query = "mutation ($input: UpdateSectionInput!) { updateSection(input: $input) {
        section { title description isPublished isPreview course { version } } userErrors { code field } } }";
    person.ask_with(query, json!({"input": input})).await
}

pub async fn delete(person: &Person, input: Value) -> Answer {
    let query = "mutation ($input: DeleteSectionInput!) { deleteSection(input: $input) {
        deletedSectionId course { version sections { title } mediaFiles { nodes { id section { id } } } }
        userErrors { code field } } }";
    person.ask_with(query, json!({"input": input})).await
}

pub async fn version(person: &Person, course: &str) -> i64 {
    let answer = person.ask_with("query ($id: ID!) { course(id: $id) { version } }", json!({"id": course})).await;
    answer.at("/course/version").as_i64().unwrap()
}

fn titles(answer: &Answer, pointer: &str) -> Vec<String> {
    let sections = answer.at(pointer).as_array().unwrap().iter();
    sections.map(|section| section["title"].as_str().unwrap().into()).collect()
}

/// A draft with the sections A, B and C: its id, theirs.
async fn with_three(teacher: &Person) -> (String, [String; 3]) {
    let course = teacher.drafts("Rust").await;
    let a = teacher.adds_section(&course, "A").await;
    let b = teacher.adds_section(&course, "B").await;
    let c = teacher.adds_section(&course, "C").await;
    (course, [a, b, c])
}

#[on_both]
async fn a_section_is_changed_and_the_course_counts_it(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let (course, [a, ..]) = with_three(&teacher).await;
    let seen = version(&teacher, &course).await;
    assert_eq!(seen, 4, "each new section is an edit of the course");
    let input = json!({"id": a, "expectedVersion": seen, "title": " New ", "description": "d", "isPublished": false,
        "isPreview": true});
    let done = update(&teacher, input).await;
    let section = json!({"title": "New", "description": "d", "isPublished": false, "isPreview": true,
        "course": {"version": seen + 1}});
    assert_eq!(done.at("/updateSection/section"), &section);
    let stale = update(&teacher, json!({"id": a, "expectedVersion": seen, "title": "Newer"})).await;
    assert_eq!(stale.user_errors(), ["STALE_VERSION"]);
    assert_eq!(stale.at("/updateSection/section"), &section, "the current state");
    let nothing = update(&teacher, json!({"id": a})).await;
    assert_eq!(nothing.at("/updateSection/section/course/version"), seen + 1);
    let cleared = update(&teacher, json!({"id": a, "description": null})).await;
    assert_eq!(cleared.at("/updateSection/section/description"), "");
    for (title, code) in [(" ".to_string(), "SECTION_TITLE_REQUIRED"), ("x".repeat(256), "SECTION_TITLE_TOO_LONG")] {
        let refused = update(&teacher, json!({"id": a, "title": title})).await;
        assert_eq!(refused.user_errors(), [code]);
        assert_eq!(refused.at("/updateSection/userErrors/0/field"), &json!(["input", "title"]));
    }
}

#[on_both]
async fn a_published_course_keeps_a_section_that_learners_see(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.publishes("Rust").await;
    let query = "query ($id: ID!) { course(id: $id) { sections { id } } }";
    let only = teacher.ask_with(query, json!({"id": course})).await.at("/course/sections/0/id").clone();
    let hidden = update(&teacher, json!({"id": only, "isPublished": false})).await;
    assert_eq!(hidden.user_errors(), ["COURSE_NEEDS_SECTION"]);
    assert_eq!(delete(&teacher, json!({"id": only})).await.user_errors(), ["COURSE_NEEDS_SECTION"]);
    teacher.adds_section(&course, "Another").await;
    assert_eq!(delete(&teacher, json!({"id": only})).await.user_errors(), [""; 0]);
}

#[on_both]
async fn what_a_deleted_section_held_comes_to_the_course_as_a_whole(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.drafts("Rust").await;
    let (file, section) = placed_file(&app, &teacher, &course).await;
    let before = version(&teacher, &course).await;
    let refused = delete(&teacher, json!({"id": section})).await;
    assert_eq!(refused.user_errors(), ["SECTION_NOT_EMPTY"]);
    assert_eq!(version(&teacher, &course).await, before, "all or nothing");
    let stale = delete(&teacher, json!({"id": section, "expectedVersion": 1, "force": true})).await;
    assert_eq!(stale.user_errors(), ["STALE_VERSION"]);
    assert_eq!(stale.at("/deleteSection/deletedSectionId"), &Value::Null);
    assert_eq!(stale.at("/deleteSection/course/version"), before);
    let done = delete(&teacher, json!({"id": section, "expectedVersion": before, "force": true})).await;
    assert_eq!(done.at("/deleteSection/deletedSectionId"), &json!(section));
    assert_eq!(
        done.at("/deleteSection/course"),
        &json!({"version": before + 1, "sections": [], "mediaFiles": {"nodes": [{"id": file, "section": null}]}})
    );
    assert_eq!(delete(&teacher, json!({"id": section})).await.codes(), ["NOT_FOUND"]);
}

#[on_both]
async fn the_whole_curriculum_is_put_in_order_at_once(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let (course, [a, b, c]) = with_three(&teacher).await;
    let (one, with_one) = placed_file(&app, &teacher, &course).await;
    let (two, with_two) = placed_file(&app, &teacher, &course).await;
    let seen = version(&teacher, &course).await;
    let order = json!([{"sectionId": c}, {"sectionId": with_two, "mediaIds": [two, one]}, {"sectionId": a},
        {"sectionId": with_one}, {"sectionId": b}]);
    let done = reorder(&teacher, &course, seen, order.clone()).await;
    assert_eq!(done.user_errors(), [""; 0]);
    assert_eq!(titles(&done, "/reorderCurriculum/course/sections"), ["C", "With a file", "A", "With a file", "B"]);
    let sections = done.at("/reorderCurriculum/course/sections").as_array().unwrap();
    let orders: Vec<_> = sections.iter().map(|section| section["order"].as_i64().unwrap()).collect();
    assert_eq!(orders, [0, 1, 2, 3, 4]);
    assert_eq!(sections[1]["mediaFiles"], json!([{"id": two}, {"id": one}]));
    assert_eq!(sections[3]["mediaFiles"], json!([]));
    assert_eq!(done.at("/reorderCurriculum/course/version"), seen + 1);
    let stale = reorder(&teacher, &course, seen, order).await;
    assert_eq!(stale.user_errors(), ["STALE_VERSION"]);
    assert_eq!(stale.at("/reorderCurriculum/course/version"), seen + 1);
    assert_eq!(
        titles(&stale, "/reorderCurriculum/course/sections"),
        ["C", "With a file", "A", "With a file", "B"],
        "the current state"
    );
}

#[on_both]
async fn a_list_that_is_not_complete_changes_nothing(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let (course, [a, b, c]) = with_three(&teacher).await;
    let (file, full) = placed_file(&app, &teacher, &course).await;
    let (foreign, elsewhere) = placed_file(&app, &teacher, &teacher.drafts("Other").await).await;
    let seen = version(&teacher, &course).await;
    let all = |media: Value| json!([{"sectionId": c}, {"sectionId": b}, {"sectionId": a}, {"sectionId": full, "mediaIds": media}]);
    for order in [
        json!([]),
        json!([{"sectionId": c}, {"sectionId": b}, {"sectionId": a}]),
        json!([{"sectionId": c}, {"sectionId": b}, {"sectionId": a}, {"sectionId": full}, {"sectionId": full}]),
        json!([{"sectionId": c}, {"sectionId": b}, {"sectionId": a}, {"sectionId": full}, {"sectionId": elsewhere}]),
        all(json!([])),
        all(json!([file, file])),
        all(json!([file, foreign])),
        all(json!([foreign])),
    ] {
        let refused = reorder(&teacher, &course, seen, order.clone()).await;
        assert_eq!(refused.user_errors(), ["CURRICULUM_ORDER_INCOMPLETE"], "{order}");
        assert_eq!(refused.at("/reorderCurriculum/userErrors/0/field"), &json!(["input", "order"]));
    }
    assert_eq!(version(&teacher, &course).await, seen);
    let answer =
        teacher.ask_with("query ($id: ID!) { course(id: $id) { sections { title } } }", json!({"id": course})).await;
    assert_eq!(titles(&answer, "/course/sections"), ["A", "B", "C", "With a file"]);
    let malformed = reorder(&teacher, &course, seen, json!([{"sectionId": file}])).await;
    assert_eq!(malformed.codes(), ["BAD_USER_INPUT"]);
}

#[on_both]
async fn of_16_orders_of_one_version_at_once_one_wins_and_it_is_whole(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let (course, [a, b, c]) = with_three(&teacher).await;
    let seen = version(&teacher, &course).await;
    let orders = [[&a, &c, &b], [&b, &a, &c], [&c, &b, &a], [&b, &c, &a]];
    let tasks: Vec<_> = (0..16)
        .map(|n| {
            let (teacher, course) = (teacher.clone(), course.clone());
            let order = json!(orders[n % 4].map(|section| json!({"sectionId": section})));
            tokio::spawn(async move { (n % 4, reorder(&teacher, &course, seen, order).await) })
        })
        .collect();
    let mut won = vec![];
    for task in tasks {
        let (order, answer) = task.await.unwrap();
        if answer.user_errors().is_empty() {
            won.push(order);
        } else {
            assert_eq!(answer.user_errors(), ["STALE_VERSION"]);
        }
    }
    assert_eq!(won.len(), 1);
    let answer = teacher
        .ask_with("query ($id: ID!) { course(id: $id) { sections { id } version } }", json!({"id": course}))
        .await;
    assert_eq!(answer.at("/course/sections"), &json!(orders[won[0]].map(|id| json!({"id": id}))));
    assert_eq!(answer.at("/course/version"), seen + 1);
}

#[on_both]
async fn files_that_come_and_go_count_as_edits_of_the_course(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.drafts("Rust").await;
    let before = version(&teacher, &course).await;
    let (file, section) = placed_file(&app, &teacher, &course).await;
    assert_eq!(version(&teacher, &course).await, before + 2, "a section, a file");
    let order = "mutation ($section: ID!, $order: [ID!]!) { reorderMedia(input: {sectionId: $section, order: $order}) {
        userErrors { code } } }";
    teacher.ask_with(order, json!({"section": section, "order": [file]})).await.data();
    assert_eq!(version(&teacher, &course).await, before + 3);
    let detach = "mutation ($file: ID!) { detachMedia(input: {mediaId: $file}) { userErrors { code } } }";
    teacher.ask_with(detach, json!({"file": file})).await.data();
    assert_eq!(version(&teacher, &course).await, before + 4);
}
