use serde_json::json;
use testkit::{TestApp, on_both};

#[on_both]
async fn a_draft_is_seen_by_its_author_and_by_managers_only(app: TestApp) {
    let (teacher, stranger, admin) =
        (app.instructor("Tomas").await, app.instructor("Eve").await, app.admin("Ada").await);
    let id = teacher.drafts("Secret").await;
    teacher.adds_section(&id, "Hidden").await;
    let query = "query ($id: ID!) { course(id: $id) { title } node(id: $id) { id } courses { totalCount nodes { title } } bySlug: course(slug: \"secret\") { title } }";
    let nothing = json!({"course": null, "node": null, "courses": {"totalCount": 0, "nodes": []}, "bySlug": null});
    assert_eq!(stranger.ask_with(query, json!({"id": id})).await.data(), &nothing);
    assert_eq!(app.ask_as(&kernel::Viewer::Anonymous, query, json!({"id": id})).await.data(), &nothing);
    let all = json!({"course": {"title": "Secret"}, "node": {"id": id}, "courses": {"totalCount": 1, "nodes": [{"title": "Secret"}]}, "bySlug": {"title": "Secret"}});
    assert_eq!(teacher.ask_with(query, json!({"id": id})).await.data(), &all);
    assert_eq!(admin.ask_with(query, json!({"id": id})).await.data(), &all);
}

#[on_both]
async fn an_unpublished_section_is_seen_by_authors_only(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let id = teacher.publishes("Rust").await;
    let hidden = teacher.ask_with("mutation ($id: ID!) { createSection(input: {courseId: $id, title: \"Hidden\", isPublished: false}) { section { id } userErrors { code } } }", json!({"id": id})).await;
    let section = hidden.at("/createSection/section/id").clone();
    let query = "query ($id: ID!, $section: ID!) { course(id: $id) { sections { title } } node(id: $section) { id } }";
    let variables = json!({"id": id, "section": section});
    let mine = teacher.ask_with(query, variables.clone()).await;
    assert_eq!(
        mine.data(),
        &json!({"course": {"sections": [{"title": "Beginning"}, {"title": "Hidden"}]}, "node": {"id": section}})
    );
    for viewer in [&kernel::Viewer::Anonymous, &app.student("Mina").await.viewer] {
        let theirs = app.ask_as(viewer, query, variables.clone()).await;
        assert_eq!(theirs.data(), &json!({"course": {"sections": [{"title": "Beginning"}]}, "node": null}));
    }
}

#[on_both]
async fn i_see_the_courses_i_teach_in_any_status(app: TestApp) {
    let (teacher, other) = (app.instructor("Tomas").await, app.instructor("Eve").await);
    teacher.publishes("Open").await;
    app.world.pass(chrono::Duration::seconds(1));
    teacher.drafts("Draft").await;
    other.publishes("Other").await;
    let mine = teacher
        .ask("{ myTaughtCourses { totalCount nodes { title status } } me { taughtCourses { nodes { title } } } }")
        .await;
    insta::allow_duplicates!(insta::assert_json_snapshot!(mine.data(), @r#"
    {
      "me": {
        "taughtCourses": {
          "nodes": [
            {
              "title": "Draft"
            },
            {
              "title": "Open"
            }
          ]
        }
      },
      "myTaughtCourses": {
        "nodes": [
          {
            "status": "DRAFT",
            "title": "Draft"
          },
          {
            "status": "PUBLISHED",
            "title": "Open"
          }
        ],
        "totalCount": 2
      }
    }
    "#));
    let profile = other.ask("{ courses(search: \"open\") { nodes { instructor { name taughtCourses { totalCount nodes { title } } } } } }").await;
    assert_eq!(
        profile.at("/courses/nodes/0/instructor"),
        &json!({"name": "Tomas", "taughtCourses": {"totalCount": 1, "nodes": [{"title": "Open"}]}})
    );
}

#[on_both]
async fn what_is_in_an_unpublished_section_is_not_there_either(app: TestApp) {
    use sea_orm::ConnectionTrait;
    gateway::seed::seed(app.db(), &gateway::seed::Size { courses: 6, users: 8, enrollments: 20, seed: 3 }, "hash")
        .await
        .unwrap();
    let query = "{ courses(first: 6) { nodes { quizzes { nodes { id section { id } } } mediaFiles(first: 1) { nodes { id } } } } }";
    let before = app.ask(query).await;
    let quizzes: Vec<_> = before
        .at("/courses/nodes")
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|course| course["quizzes"]["nodes"].as_array().unwrap())
        .cloned()
        .collect();
    let in_sections: Vec<_> =
        quizzes.iter().filter(|quiz| !quiz["section"].is_null()).map(|quiz| quiz["id"].clone()).collect();
    assert!(!in_sections.is_empty());
    app.db().write().execute_unprepared("UPDATE course_sections SET is_published = FALSE").await.unwrap();
    let after = app
        .ask_as(
            &kernel::Viewer::Anonymous,
            "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
            json!({"ids": in_sections}),
        )
        .await;
    assert!(after.at("/nodes").as_array().unwrap().iter().all(serde_json::Value::is_null));
    let files = app.ask("{ courses(first: 6) { nodes { mediaFiles { totalCount } } } }").await;
    assert!(
        files.at("/courses/nodes").as_array().unwrap().iter().all(|course| course["mediaFiles"]["totalCount"] == 0)
    );
}
