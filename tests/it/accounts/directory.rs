use serde_json::json;
use testkit::{Person, TestApp, on_both};

async fn emails(person: &Person, arguments: &str) -> Vec<String> {
    let answer = person.ask(&format!("{{ users({arguments}) {{ totalCount nodes {{ email }} }} }}")).await;
    let nodes = answer.at("/users/nodes").as_array().unwrap();
    assert_eq!(answer.at("/users/totalCount"), nodes.len());
    nodes.iter().map(|node| node["email"].as_str().unwrap().trim_end_matches("@example.org").to_string()).collect()
}

#[on_both]
async fn staff_finds_people(app: TestApp) {
    let root = app.admin("Root").await;
    app.instructor("Tomas").await;
    app.world.pass(chrono::Duration::seconds(1));
    app.student("Ada").await;
    let by_email = "sort: {field: EMAIL, direction: ASC}";
    assert_eq!(emails(&root, by_email).await, ["ada", "root", "tomas"]);
    assert_eq!(emails(&root, "first: 100").await[0], "ada");
    assert_eq!(emails(&root, "filter: {role: \"instructor\"}").await, ["tomas"]);
    assert_eq!(emails(&root, &format!("{by_email}, filter: {{role: \"student\"}}")).await, ["ada", "root", "tomas"]);
    assert_eq!(emails(&root, "search: \"TOM example\"").await, ["tomas"]);
    assert_eq!(emails(&root, "filter: {status: SUSPENDED}").await, [""; 0]);
    let others = async |verified: bool| {
        emails(&root, &format!("filter: {{isStaff: false, emailVerified: {verified}, status: ACTIVE}}")).await.len()
    };
    assert_eq!((others(true).await, others(false).await), (3, 0));
}

#[on_both]
async fn others_do_not(app: TestApp) {
    let (ada, eve) = (app.student("Ada").await, app.instructor("Eve").await);
    assert_eq!(eve.ask("{ users { totalCount nodes { email } } }").await.codes(), ["FORBIDDEN"]);
    assert_eq!(app.ask("{ users { totalCount } }").await.codes(), ["UNAUTHENTICATED"]);
    let id = ada.ask("{ me { id } }").await.at("/me/id").clone();
    let user = "query ($id: ID!) { user(id: $id) { email } }";
    assert_eq!(eve.ask_with(user, json!({"id": id})).await.data(), &json!({"user": null}));
    assert_eq!(ada.ask_with(user, json!({"id": id})).await.at("/user/email"), "ada@example.org");
}

#[on_both]
async fn roles_and_what_they_may_do_are_told(app: TestApp) {
    let (root, ada) = (app.admin("Root").await, app.student("Ada").await);
    let query = "{ roles { name permissions { code } } permissions { code description } }";
    let all = root.ask(query).await;
    let names: Vec<_> =
        all.at("/roles").as_array().unwrap().iter().map(|role| role["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["admin", "moderator", "instructor", "student"]);
    assert_eq!(all.at("/roles/2/permissions"), &json!([{"code": "courses.create"}]));
    assert_eq!(all.at("/permissions").as_array().unwrap().len(), kernel::Permission::ALL.len());
    let own = ada.ask(query).await;
    assert_eq!(own.at("/roles"), &json!([{"name": "student", "permissions": []}]));
}
