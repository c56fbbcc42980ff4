use serde_json::json;
use testkit::{Answer, Person, TestApp, on_both};

async fn publish(person: &Person, id: &str) -> Answer {
    person.ask_with("mutation ($id: ID!) { publishCourse(input: {id: $id}) { course { status publishedAt version } userErrors { code } } }", json!({"id": id})).await
}

async fn unpublish(person: &Person, id: &str) -> Answer {
    person.ask_with("mutation ($id: ID!) { unpublishCourse(input: {id: $id}) { course { status publishedAt } userErrors { code } } }", json!({"id": id})).await
}

#[on_both]
async fn a_course_that_is_not_ready_says_all_that_is_missing(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let created =
        teacher.ask("mutation { createCourse(input: {title: \"Rust\"}) { course { id } userErrors { code } } }").await;
    let id = created.at("/createCourse/course/id").as_str().unwrap();
    assert_eq!(publish(&teacher, id).await.user_errors(), ["COURSE_NEEDS_DESCRIPTION", "COURSE_NEEDS_SECTION"]);
    teacher.ask_with("mutation ($id: ID!) { createSection(input: {courseId: $id, title: \"x\", isPublished: false}) { userErrors { code } } }", json!({"id": id})).await.data();
    teacher
        .ask_with(
            "mutation ($id: ID!) { updateCourse(input: {id: $id, description: \"d\"}) { userErrors { code } } }",
            json!({"id": id}),
        )
        .await
        .data();
    assert_eq!(publish(&teacher, id).await.user_errors(), ["COURSE_NEEDS_SECTION"]);
    teacher.adds_section(id, "Open").await;
    assert!(publish(&teacher, id).await.user_errors().is_empty());
}

#[on_both]
async fn it_comes_and_goes_and_keeps_its_first_date(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let id = teacher.publishes("Rust").await;
    let seen = async || {
        app.ask_as(&kernel::Viewer::Anonymous, "query ($id: ID!) { course(id: $id) { title } }", json!({"id": id}))
            .await
            .at("/course")
            .is_object()
    };
    assert!(seen().await);
    assert_eq!(publish(&teacher, &id).await.user_errors(), ["COURSE_TRANSITION_INVALID"]);
    app.world.pass(chrono::Duration::days(1));
    assert_eq!(unpublish(&teacher, &id).await.at("/unpublishCourse/course/status"), "UNPUBLISHED");
    assert!(!seen().await);
    assert_eq!(unpublish(&teacher, &id).await.user_errors(), ["COURSE_TRANSITION_INVALID"]);
    let again = publish(&teacher, &id).await;
    assert_eq!(again.at("/publishCourse/course/publishedAt"), "2026-07-01T12:00:00+00:00");
    assert!(seen().await);
}

#[on_both]
async fn only_its_authors_publish_it(app: TestApp) {
    let (teacher, stranger) = (app.instructor("Tomas").await, app.instructor("Eve").await);
    let id = teacher.publishes("Rust").await;
    assert_eq!(unpublish(&stranger, &id).await.codes(), ["FORBIDDEN"]);
    let draft = teacher.drafts("Draft").await;
    assert_eq!(publish(&stranger, &draft).await.codes(), ["NOT_FOUND"]);
}
