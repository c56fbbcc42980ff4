//! What learners are told of where they stand, and what to open next.

use chrono::Duration;
use kernel::{EntityId, MediaId};
use serde_json::json;
use testkit::{TestApp, on_both};

use super::school::{School, records};

const STANDING: &str = "query ($id: ID!) { courseProgress(courseId: $id) {
    percentage isCompleted totalWatchTimeSeconds completedVideos { id } lastVideo { id } course { title } enrollment { status }
    remaining { item { id } quiz { id } reason positionSeconds section { title } } nextItem { item { id } }
    sections { section { title } percentage totalWatchTimeSeconds lastVideo { id } } } }";

#[on_both]
async fn the_whole_answer(app: TestApp) {
    let school = School::open(&app, &[Some(300), Some(600), None, Some(20)]).await;
    let ada = app.student("Ada").await;
    let ask = async || ada.ask_with(STANDING, json!({"id": school.course})).await.at("/courseProgress").clone();
    assert_eq!(ask().await, json!(null), "who does not take it stands nowhere");
    school.enrols(&ada).await;
    let files = &school.files;
    let left = |file: usize, reason: &str, position: i32| json!({"item": {"id": files[file]}, "quiz": null, "reason": reason, "positionSeconds": position, "section": {"title": "Lessons"}});
    let before = json!({
        "percentage": 0.0, "isCompleted": false, "totalWatchTimeSeconds": 0, "completedVideos": [], "lastVideo": null,
        "course": {"title": "Rust"}, "enrollment": {"status": "ACTIVE"},
        "remaining": [left(0, "NOT_STARTED", 0), left(1, "NOT_STARTED", 0), left(2, "NOT_COMPLETED", 0), left(3, "NOT_STARTED", 0)],
        "nextItem": {"item": {"id": files[0]}},
        "sections": [{"section": {"title": "Lessons"}, "percentage": 0.0, "totalWatchTimeSeconds": 0, "lastVideo": null}],
    });
    assert_eq!(ask().await, before);
    let watched = [school.packet(0, 0.0, 290.0, 0, 1_000), school.packet(1, 60.0, 120.0, 1, 2_000)];
    records(&ada, &watched).await.data();
    // 300 of 300, 60 of 600, 0 of 300, 0 of 60.
    let after = json!({
        "percentage": 28.57, "isCompleted": false, "totalWatchTimeSeconds": 350, "completedVideos": [{"id": files[0]}],
        "lastVideo": {"id": files[1]}, "course": {"title": "Rust"}, "enrollment": {"status": "ACTIVE"},
        "remaining": [left(1, "IN_PROGRESS", 120), left(2, "NOT_COMPLETED", 0), left(3, "NOT_STARTED", 0)],
        "nextItem": {"item": {"id": files[1]}},
        "sections": [{"section": {"title": "Lessons"}, "percentage": 28.57, "totalWatchTimeSeconds": 350, "lastVideo": {"id": files[1]}}],
    });
    assert_eq!(ask().await, after);
    // What is kept says the same.
    let kept = "{ me { courseProgress { nodes { section { title } completionPercentage totalWatchTimeSeconds } } } }";
    let mut rows = ada.ask(kept).await.at("/me/courseProgress/nodes").as_array().unwrap().clone();
    rows.sort_by_key(|row| row["section"].is_null());
    let numbers = |section| json!({"section": section, "completionPercentage": 28.57, "totalWatchTimeSeconds": 350});
    assert_eq!(rows, [numbers(json!({"title": "Lessons"})), numbers(json!(null))]);
}

#[on_both]
async fn one_goes_on_where_one_was_at_last(app: TestApp) {
    let rust = School::open(&app, &[Some(300), Some(300)]).await;
    let ada = app.student("Ada").await;
    rust.enrols(&ada).await;
    let (mut go, course) = (
        School {
            app: app.clone(),
            tomas: rust.tomas.clone(),
            course: String::new(),
            section: String::new(),
            files: vec![],
        },
        rust.tomas.drafts("Go").await,
    );
    go.section = rust.tomas.adds_section(&course, "All").await;
    go.course = course;
    let file = go.places(&go.course, &go.section, Some(100)).await;
    go.files.push(file);
    go.publishes().await;
    go.enrols_in(&ada, None, learning::EnrollmentStatus::Active, None).await;
    let ask = async || {
        let query =
            "{ continueLearning(first: 5) { course { title } percentage nextItem { item { id } positionSeconds } } }";
        ada.ask(query).await.at("/continueLearning").clone()
    };
    records(&ada, &[go.packet(0, 0.0, 50.0, 0, 1_000)]).await.data();
    app.world.pass(Duration::minutes(1));
    records(&ada, &[rust.packet(0, 0.0, 290.0, 1, 2_000)]).await.data();
    let next = |title: &str, percentage: f64, file: &str, position: i32| json!({"course": {"title": title}, "percentage": percentage, "nextItem": {"item": {"id": file}, "positionSeconds": position}});
    assert_eq!(ask().await, json!([next("Rust", 50.0, &rust.files[1], 0), next("Go", 50.0, &go.files[0], 50)]));
    app.world.pass(Duration::minutes(1));
    records(&ada, &[go.packet(0, 50.0, 70.0, 2, 1_030)]).await.data();
    assert_eq!(ask().await, json!([next("Go", 70.0, &go.files[0], 70), next("Rust", 50.0, &rust.files[1], 0)]));
    records(&ada, &[go.packet(0, 70.0, 100.0, 3, 1_060)]).await.data();
    assert_eq!(ask().await, json!([next("Rust", 50.0, &rust.files[1], 0)]), "what is completed is not gone on with");
    assert_eq!(ada.ask("{ continueLearning(first: 51) { percentage } }").await.codes(), ["BAD_USER_INPUT"]);
}

#[on_both]
async fn the_number_of_statements_does_not_depend_on_what_is_in_the_course(app: TestApp) {
    let ada = app.student("Ada").await;
    let small = School::open(&app, &[Some(100)]).await;
    small.enrols(&ada).await;
    let count = async || {
        let queries = [
            STANDING,
            "query ($id: ID!) { continueLearning { course { id } nextItem { item { id } } } course(id: $id) { id } }",
        ];
        let mut counts = vec![];
        for query in queries {
            let (answer, statements) = app.statements(ada.ask_with(query, json!({"id": small.course}))).await;
            answer.data();
            counts.push(statements.len());
        }
        counts
    };
    records(&ada, &[small.packet(0, 0.0, 1.0, 0, 100)]).await.data();
    let few = count().await;
    let version = small.version().await;
    let mut files: Vec<MediaId> = vec![];
    for _ in 0..60 {
        files.push(MediaId::from_wire(&small.places(&small.course, &small.section, Some(100)).await).unwrap());
    }
    let tx = app.tx().await;
    let items = (1..).zip(files).map(|(position, file)| learning::course_version_item::ActiveModel {
        course_version_id: sea_orm::Set(version),
        position: sea_orm::Set(position),
        media_id: sea_orm::Set(Some(file)),
        weight: sea_orm::Set(100),
        ..Default::default()
    });
    tx.insert_all(items.collect()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(count().await, few);
}
