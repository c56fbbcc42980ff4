use serde_json::{Value, json};
use testkit::{TestApp, on_both};

#[on_both]
async fn nodes_come_in_the_order_asked_for_with_null_for_what_is_not_there(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let (course, draft) = (teacher.publishes("Rust").await, teacher.drafts("Draft").await);
    let found = app.ask("{ courses { nodes { sections { id } instructor { id } } } }").await;
    let (section, profile) = (found.at("/courses/nodes/0/sections/0/id"), found.at("/courses/nodes/0/instructor/id"));
    let unknown = "course_00000000000000000000000000";
    let query = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Course { title } ... on PublicProfile { name } } }";
    let answer = app
        .ask_as(&kernel::Viewer::Anonymous, query, json!({"ids": [section, draft, course, unknown, profile, course]}))
        .await;
    let rust = json!({"__typename": "Course", "id": course, "title": "Rust"});
    assert_eq!(
        answer.at("/nodes"),
        &json!([{"__typename": "CourseSection", "id": section}, null, rust, null, {"__typename": "PublicProfile", "id": profile, "name": "Tomas"}, rust])
    );
}

#[on_both]
async fn a_user_is_an_account_only_to_itself_and_staff(app: TestApp) {
    let (ada, eve, admin) = (app.student("Ada").await, app.student("Eve").await, app.admin("Root").await);
    let id = ada.ask("{ me { id } }").await.at("/me/id").clone();
    let query = "query ($id: ID!) { node(id: $id) { id ... on User { email } } }";
    assert_eq!(ada.ask_with(query, json!({"id": id})).await.at("/node/email"), "ada@example.org");
    assert_eq!(admin.ask_with(query, json!({"id": id})).await.at("/node/email"), "ada@example.org");
    assert_eq!(eve.ask_with(query, json!({"id": id})).await.at("/node"), &Value::Null);
}

#[on_both]
async fn more_than_a_hundred_ids_or_a_malformed_one_are_refused(app: TestApp) {
    let query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let ask = async |ids: Vec<&str>| app.ask_as(&kernel::Viewer::Anonymous, query, json!({"ids": ids})).await;
    assert_eq!(ask(vec!["course_00000000000000000000000000"; 100]).await.at("/nodes").as_array().unwrap().len(), 100);
    let many = ask(vec!["course_00000000000000000000000000"; 101]).await;
    assert_eq!(many.0["errors"][0]["message"], "`ids` holds at most 100 items, not 101");
    for bad in ["course_0", "x", "", "nothing_00000000000000000000000000"] {
        assert_eq!(ask(vec![bad]).await.codes(), ["BAD_USER_INPUT"], "{bad}");
    }
}
