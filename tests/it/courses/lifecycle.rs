use kernel::{CourseId, EnrollmentId, EntityId, Event, Viewer};
use learning::{EnrollmentSource, EnrollmentStatus, enrollment};
use sea_orm::Set;
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

/// What becomes of a course, by the mutation's name.
pub async fn let_it(person: &Person, mutation: &str, input: Value) -> Answer {
    let name = format!("{}{}", mutation[..1].to_uppercase(), &mutation[1..]);
    let query = format!(
        "mutation ($input: {name}Input!) {{ {mutation}(input: $input) {{
            course {{ id slug status version }} userErrors {{ code field }} }} }}"
    );
    person.ask_with(&query, json!({"input": input})).await
}

/// Nothing enrols anybody yet: the row, and the event that goes with it.
pub async fn enrolls(app: &TestApp, person: &Person, course: &str, status: EnrollmentStatus) {
    let course = CourseId::from_wire(course).unwrap();
    let user = person.id;
    let write = app.app.write_as_system(async |tx| {
        let id: EnrollmentId = tx.new_id()?;
        let row = enrollment::ActiveModel {
            id: Set(id),
            user_id: Set(user),
            course_id: Set(course),
            enrolled_at: Set(tx.now),
            status: Set(status),
            source: Set(EnrollmentSource::SelfService),
            progress_percentage: Set(0),
            ..Default::default()
        };
        let row = tx.stamp(row, tx.now);
        tx.insert_all(vec![row]).await?;
        let counts = matches!(status, EnrollmentStatus::Active | EnrollmentStatus::Completed);
        tx.emit(Event::EnrollmentsMoved { course, enrolled: i64::from(counts), completed: 0 });
        Ok(())
    });
    write.await.unwrap();
}

async fn sees(app: &TestApp, viewer: &Viewer, course: &str) -> Value {
    let query = "query ($id: ID!) { course(id: $id) { status sections { title mediaFiles { fileName } } } }";
    app.ask_as(viewer, query, json!({"id": course})).await.at("/course").clone()
}

#[on_both]
async fn the_stated_transitions_and_no_others(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.drafts("Rust").await;
    teacher.adds_section(&course, "Beginning").await;
    let by = async |mutation: &str| {
        let answer = let_it(&teacher, mutation, json!({"id": course})).await;
        match answer.user_errors().first() {
            Some(code) => (*code).to_string(),
            None => answer.at(&format!("/{mutation}/course/status")).as_str().unwrap().to_string(),
        }
    };
    const NO: &str = "COURSE_TRANSITION_INVALID";
    for (mutation, outcome) in [
        ("unpublishCourse", NO),
        ("archiveCourse", NO),
        ("publishCourse", "PUBLISHED"),
        ("publishCourse", NO),
        ("archiveCourse", NO),
        ("unpublishCourse", "UNPUBLISHED"),
        ("unpublishCourse", NO),
        ("publishCourse", "PUBLISHED"),
        ("unpublishCourse", "UNPUBLISHED"),
        ("archiveCourse", "ARCHIVED"),
        ("archiveCourse", NO),
        ("publishCourse", NO),
        ("unpublishCourse", NO),
    ] {
        assert_eq!(by(mutation).await, outcome, "{mutation}");
    }
}

#[on_both]
async fn a_stale_version_is_neither_published_nor_taken_back_nor_deleted(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.publishes("Rust").await;
    for mutation in ["publishCourse", "unpublishCourse", "archiveCourse", "deleteCourse"] {
        let stale = let_it(&teacher, mutation, json!({"id": course, "expectedVersion": 1})).await;
        assert_eq!(stale.user_errors(), ["STALE_VERSION"], "{mutation}");
        let now = json!({"id": course, "slug": "rust", "status": "PUBLISHED", "version": 3});
        assert_eq!(stale.at(&format!("/{mutation}/course")), &now, "{mutation}");
    }
    let done = let_it(&teacher, "unpublishCourse", json!({"id": course, "expectedVersion": 3})).await;
    assert_eq!(done.at("/unpublishCourse/course/version"), 4);
}

#[on_both]
async fn who_is_enrolled_goes_on_reading_what_has_left_the_catalogue(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.publishes("Rust").await;
    let hidden = teacher.adds_section(&course, "Hidden").await;
    super::curriculum::update(&teacher, json!({"id": hidden, "isPublished": false})).await.data();
    let (ada, ben, gone, eve) =
        (app.student("Ada").await, app.student("Ben").await, app.student("Gone").await, app.student("Eve").await);
    enrolls(&app, &ada, &course, EnrollmentStatus::Active).await;
    enrolls(&app, &ben, &course, EnrollmentStatus::Completed).await;
    enrolls(&app, &gone, &course, EnrollmentStatus::Dropped).await;
    for (mutation, status) in [("unpublishCourse", "UNPUBLISHED"), ("archiveCourse", "ARCHIVED")] {
        let_it(&teacher, mutation, json!({"id": course})).await.data();
        for learner in [&ada, &ben] {
            let sections = json!([{"title": "Beginning", "mediaFiles": []}]);
            assert_eq!(sees(&app, &learner.viewer, &course).await, json!({"status": status, "sections": sections}));
        }
        for viewer in [&gone.viewer, &eve.viewer, &Viewer::Anonymous] {
            assert_eq!(sees(&app, viewer, &course).await, Value::Null, "{status}");
        }
        let update = "mutation ($id: ID!) { updateCourse(input: {id: $id, title: \"x\"}) { userErrors { code } } }";
        assert_eq!(ada.ask_with(update, json!({"id": course})).await.codes(), ["FORBIDDEN"], "reading is all");
    }
}

#[on_both]
async fn with_learners_a_course_is_deleted_only_by_force(app: TestApp) {
    let (teacher, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = teacher.publishes("Rust").await;
    enrolls(&app, &ada, &course, EnrollmentStatus::Active).await;
    let refused = let_it(&teacher, "deleteCourse", json!({"id": course})).await;
    assert_eq!(refused.user_errors(), ["COURSE_HAS_LEARNERS"]);
    assert!(sees(&app, &ada.viewer, &course).await.is_object());
    let done = let_it(&teacher, "deleteCourse", json!({"id": course, "force": true})).await;
    assert_eq!(done.user_errors(), [""; 0]);
    for viewer in [&ada.viewer, &teacher.viewer, &Viewer::Anonymous, &app.admin("Root").await.viewer] {
        assert_eq!(sees(&app, viewer, &course).await, Value::Null);
    }
    assert_eq!(let_it(&teacher, "publishCourse", json!({"id": course})).await.codes(), ["NOT_FOUND"]);
    let back = let_it(&teacher, "restoreCourse", json!({"id": course})).await;
    assert_eq!(back.at("/restoreCourse/course/status"), "PUBLISHED");
    assert_eq!(sees(&app, &ada.viewer, &course).await["sections"][0]["title"], "Beginning");
}

#[on_both]
async fn a_deleted_course_comes_back_under_the_next_free_slug(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let first = teacher.drafts("Rust").await;
    let_it(&teacher, "deleteCourse", json!({"id": first})).await.data();
    teacher.drafts("Rust").await;
    let back = let_it(&teacher, "restoreCourse", json!({"id": first})).await;
    assert_eq!(back.at("/restoreCourse/course/slug"), "rust-1");
    assert_eq!(
        let_it(&teacher, "restoreCourse", json!({"id": first})).await.codes(),
        ["NOT_FOUND"],
        "it is not deleted"
    );
}

#[on_both]
async fn of_16_who_restore_a_course_at_once_one_does(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.drafts("Rust").await;
    let_it(&teacher, "deleteCourse", json!({"id": course})).await.data();
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let (teacher, course) = (teacher.clone(), course.clone());
            tokio::spawn(async move { let_it(&teacher, "restoreCourse", json!({"id": course})).await })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        let answer = task.await.unwrap();
        done += usize::from(answer.codes().is_empty());
        assert!(answer.codes().is_empty() || answer.codes() == ["NOT_FOUND"]);
    }
    assert_eq!(done, 1);
}

#[on_both]
async fn ones_deleted_courses_are_listed_and_nobody_elses(app: TestApp) {
    let (teacher, other, root) = (app.instructor("Tomas").await, app.instructor("Eve").await, app.admin("Root").await);
    let mut deleted = vec![];
    for title in ["One", "Two", "Three"] {
        let course = teacher.drafts(title).await;
        let_it(&teacher, "deleteCourse", json!({"id": course})).await.data();
        deleted.push(course);
        app.world.pass(chrono::Duration::hours(1));
    }
    let list = "query ($first: Int, $after: String) { deletedCourses(first: $first, after: $after) {
        totalCount nodes { id title status deletedAt deletedBy { name } } pageInfo { hasNextPage endCursor } } }";
    let page = teacher.ask_with(list, json!({"first": 2})).await;
    assert_eq!(page.at("/deletedCourses/totalCount"), 3);
    let last = json!({"id": deleted[2], "title": "Three", "status": "DRAFT", "deletedAt": "2026-07-01T14:00:00+00:00",
        "deletedBy": {"name": "Tomas"}});
    assert_eq!(page.at("/deletedCourses/nodes/0"), &last);
    let after = page.at("/deletedCourses/pageInfo/endCursor");
    let rest = teacher.ask_with(list, json!({"first": 2, "after": after})).await;
    assert_eq!(rest.at("/deletedCourses/nodes/0/title"), "One");
    assert_eq!(rest.at("/deletedCourses/pageInfo/hasNextPage"), false);
    assert_eq!(other.ask(list).await.at("/deletedCourses/totalCount"), 0);
    assert_eq!(root.ask(list).await.at("/deletedCourses/totalCount"), 3);
    assert_eq!(let_it(&other, "restoreCourse", json!({"id": deleted[0]})).await.codes(), ["NOT_FOUND"]);
    let back = let_it(&root, "restoreCourse", json!({"id": deleted[0]})).await;
    assert_eq!(back.user_errors(), [""; 0]);
    assert_eq!(teacher.ask(list).await.at("/deletedCourses/totalCount"), 2);
}
