use std::collections::BTreeMap;

use kernel::Viewer;
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

async fn asks_for(person: &Person, course: &str, before: &[&String]) -> Answer {
    let query = "mutation ($input: SetCoursePrerequisitesInput!) { setCoursePrerequisites(input: $input) {
        course { version prerequisiteCourses { title } } userErrors { code field } } }";
    person.ask_with(query, json!({"input": {"courseId": course, "courseIds": before}})).await
}

async fn before(app: &TestApp, viewer: &Viewer, course: &str) -> Vec<String> {
    let query = "query ($id: ID!) { course(id: $id) { prerequisiteCourses { title } } }";
    let answer = app.ask_as(viewer, query, json!({"id": course})).await;
    let titles = answer.at("/course/prerequisiteCourses").as_array().unwrap().iter();
    titles.map(|course| course["title"].as_str().unwrap().to_string()).collect()
}

#[on_both]
async fn a_course_asks_for_others_in_an_order_and_shows_those_one_sees(app: TestApp) {
    let (tomas, eve) = (app.instructor("Tomas").await, app.instructor("Eve").await);
    let (rust, web) = (tomas.publishes("Rust").await, tomas.publishes("Web").await);
    let (css, draft) = (eve.publishes("CSS").await, tomas.drafts("Draft").await);
    let done = asks_for(&tomas, &web, &[&rust, &draft, &css, &rust]).await;
    assert_eq!(
        done.at("/setCoursePrerequisites/course/prerequisiteCourses"),
        &json!([{"title": "Rust"}, {"title": "Draft"}, {"title": "CSS"}])
    );
    assert_eq!(before(&app, &tomas.viewer, &web).await, ["Rust", "Draft", "CSS"]);
    assert_eq!(before(&app, &Viewer::Anonymous, &web).await, ["Rust", "CSS"]);
    // Setting the same is no change.
    let again = asks_for(&tomas, &web, &[&rust, &draft, &css]).await;
    assert_eq!(again.at("/setCoursePrerequisites/course/version"), done.at("/setCoursePrerequisites/course/version"));
    assert_eq!(asks_for(&tomas, &web, &[&css]).await.user_errors(), [""; 0]);
    assert_eq!(before(&app, &Viewer::Anonymous, &web).await, ["CSS"]);
    assert_eq!(asks_for(&tomas, &web, &[]).await.user_errors(), [""; 0]);
    assert_eq!(before(&app, &Viewer::Anonymous, &web).await, Vec::<String>::new());
}

#[on_both]
async fn what_can_not_be_asked_for_is_refused(app: TestApp) {
    let (tomas, eve) = (app.instructor("Tomas").await, app.instructor("Eve").await);
    let (a, b, c) = (tomas.drafts("A").await, tomas.drafts("B").await, tomas.drafts("C").await);
    let hidden = eve.drafts("Hidden").await;
    let refused = async |course: &str, before: &[&String]| {
        let answer = asks_for(&tomas, course, before).await;
        assert_eq!(answer.at("/setCoursePrerequisites/userErrors/0/field"), &json!(["input", "courseIds"]));
        answer.user_errors()[0].to_string()
    };
    assert_eq!(refused(&a, &[&a]).await, "COURSE_PREREQUISITE_CIRCLE");
    assert_eq!(refused(&a, &[&hidden]).await, "COURSE_PREREQUISITE_NOT_FOUND");
    for (course, before) in [(&a, &b), (&b, &c)] {
        assert_eq!(asks_for(&tomas, course, &[before]).await.user_errors(), [""; 0]);
    }
    assert_eq!(refused(&c, &[&a]).await, "COURSE_PREREQUISITE_CIRCLE");
    assert_eq!(refused(&b, &[&c, &a]).await, "COURSE_PREREQUISITE_CIRCLE");
    assert_eq!(before(&app, &tomas.viewer, &b).await, ["C"], "what is refused changes nothing");
    let mut many = vec![];
    for n in 0..21 {
        many.push(tomas.drafts(&format!("Course {n}")).await);
    }
    assert_eq!(refused(&c, &many.iter().collect::<Vec<_>>()).await, "COURSE_TOO_MANY_PREREQUISITES");
    assert_eq!(asks_for(&tomas, &c, &many[..20].iter().collect::<Vec<_>>()).await.user_errors(), [""; 0]);
    assert_eq!(asks_for(&eve, &a, &[]).await.codes(), ["NOT_FOUND"]);
}

/// Sixteen courses at once ask each for the next, the last for the first: one of them has to be refused.
#[on_both]
async fn however_many_ask_at_once_there_is_no_circle(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let mut ids = vec![];
    for n in 0..16 {
        ids.push(tomas.drafts(&format!("Course {n}")).await);
    }
    let tasks: Vec<_> = (0..16)
        .map(|n| {
            let (tomas, course, next) = (tomas.clone(), ids[n].clone(), ids[(n + 1) % 16].clone());
            tokio::spawn(async move { asks_for(&tomas, &course, &[&next]).await })
        })
        .collect();
    let mut codes = BTreeMap::<String, usize>::new();
    for task in tasks {
        let answer = task.await.unwrap();
        *codes.entry(answer.user_errors().join(" ")).or_default() += 1;
    }
    assert_eq!(codes, BTreeMap::from([(String::new(), 15), ("COURSE_PREREQUISITE_CIRCLE".into(), 1)]));
}

#[on_both]
async fn the_number_of_statements_does_not_depend_on_the_courses(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let first = tomas.publishes("First").await;
    let second = tomas.publishes("Second").await;
    for n in 0..8 {
        let course = tomas.publishes(&format!("Course {n}")).await;
        let wanted = if n % 2 == 0 { vec![&first, &second] } else { vec![&second] };
        assert_eq!(asks_for(&tomas, &course, &wanted).await.user_errors(), [""; 0]);
    }
    let mut counts = vec![];
    for rows in [1, 10] {
        let query = format!(
            "{{ courses(first: {rows}, sort: {{field: TITLE, direction: ASC}}) {{ nodes {{ title prerequisiteCourses {{ title instructor {{ name }} }} }} }} }}"
        );
        let (answer, statements) = app.statements(app.ask(&query)).await;
        assert_eq!(answer.at("/courses/nodes/0/prerequisiteCourses/0/instructor/name"), &Value::from("Tomas"));
        counts.push(statements.len());
    }
    assert_eq!(counts[0], counts[1]);
}
