//! What those who work on a course are told of its learners, and what not.

use chrono::Duration;
use kernel::Permission;
use serde_json::json;
use testkit::{Person, TestApp, on_both};

use super::school::{School, records};

const ANALYTICS: &str = "query ($id: ID!) { courseAnalytics(id: $id) { course { title } medianCompletionSeconds
    funnel { enrolled started quarter half threeQuarters completed } items { item { id } section { title } begun completed } } }";

/// Takes the course and watches so many of its films.
async fn learns(app: &TestApp, school: &School, name: &str, films: usize) -> Person {
    let person = app.student(name).await;
    school.enrols(&person).await;
    let packets: Vec<_> = (0..films).map(|n| school.packet(n, 0.0, 100.0, n as i64, 1_000 * (n as i64 + 1))).collect();
    if films > 0 {
        assert_eq!(records(&person, &packets).await.user_errors(), [""; 0]);
    }
    person
}

#[on_both]
async fn groups_of_fewer_than_five_are_hidden(app: TestApp) {
    let school = School::open(&app, &[Some(100); 4]).await;
    // Five complete it, a minute apart; one does half, two a quarter, one nothing.
    for n in 0..5 {
        learns(&app, &school, &format!("Done{n}"), 4).await;
        app.world.pass(Duration::minutes(1));
    }
    for (n, films) in [2, 1, 1, 0].into_iter().enumerate() {
        learns(&app, &school, &format!("Other{n}"), films).await;
    }
    let item = |n: usize, begun: i64, completed: i64| json!({"item": {"id": school.files[n]}, "section": {"title": "Lessons"}, "begun": begun, "completed": completed});
    let month = Duration::days(30).num_seconds();
    let answer = school.tomas.ask_with(ANALYTICS, json!({"id": school.course})).await;
    assert_eq!(
        answer.at("/courseAnalytics"),
        &json!({
            "course": {"title": "Rust"}, "medianCompletionSeconds": month,
            "funnel": {"enrolled": 9, "started": 8, "quarter": 8, "half": 6, "threeQuarters": 5, "completed": 5},
            "items": [item(0, 8, 8), item(1, 6, 6), item(2, 5, 5), item(3, 5, 5)],
        })
    );
    let few = School::open_another(&app, &school.tomas, &[Some(100); 2]).await;
    for n in 0..4 {
        learns(&app, &few, &format!("Few{n}"), 2).await;
    }
    let answer = few.tomas.ask_with(ANALYTICS, json!({"id": few.course})).await;
    let hidden = |n: usize| json!({"item": {"id": few.files[n]}, "section": {"title": "Lessons"}, "begun": null, "completed": null});
    let nothing = json!({"enrolled": null, "started": null, "quarter": null, "half": null, "threeQuarters": null, "completed": null});
    assert_eq!(
        answer.at("/courseAnalytics"),
        &json!({"course": {"title": "Rust"}, "medianCompletionSeconds": null, "funnel": nothing, "items": [hidden(0), hidden(1)]})
    );
}

#[on_both]
async fn only_those_who_work_on_the_course_know_of_its_learners(app: TestApp) {
    let school = School::open(&app, &[Some(100)]).await;
    let ada = learns(&app, &school, "Ada", 1).await;
    let (aide, reader) = (app.student("Aida").await, app.with_permissions("Reader", &[Permission::LearningRead]).await);
    school.tomas.appoints(&school.course, &aide, "ASSISTANT").await.data();
    let learners =
        "query ($id: ID!) { learners(courseId: $id) { totalCount nodes { user { name } progressPercentage status } } }";
    let wanted = json!({"learners": {"totalCount": 1, "nodes": [{"user": {"name": "Ada"}, "progressPercentage": 100.0, "status": "COMPLETED"}]}});
    for person in [&school.tomas, &aide, &reader] {
        assert_eq!(person.ask_with(learners, json!({"id": school.course})).await.data(), &wanted);
        person.ask_with(ANALYTICS, json!({"id": school.course})).await.data();
    }
    for query in [learners, ANALYTICS] {
        assert_eq!(ada.ask_with(query, json!({"id": school.course})).await.codes(), ["FORBIDDEN"]);
        let draft = school.tomas.drafts("Secret").await;
        assert_eq!(ada.ask_with(query, json!({"id": draft})).await.codes(), ["NOT_FOUND"]);
    }
}

#[on_both]
async fn the_number_of_statements_does_not_depend_on_the_learners(app: TestApp) {
    let school = School::open(&app, &[Some(100); 3]).await;
    let learners =
        "query ($id: ID!) { learners(courseId: $id) { nodes { user { name } progress { completionPercentage } } } }";
    let count = async || {
        let mut counts = vec![];
        for query in [ANALYTICS, learners] {
            let (answer, statements) = app.statements(school.tomas.ask_with(query, json!({"id": school.course}))).await;
            answer.data();
            counts.push(statements.len());
        }
        counts
    };
    learns(&app, &school, "One", 1).await;
    let few = count().await;
    for n in 0..10 {
        learns(&app, &school, &format!("More{n}"), 2).await;
    }
    assert_eq!(count().await, few);
}
