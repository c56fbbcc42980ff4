use chrono::Duration;
use kernel::{EntityId, Viewer, World};
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

async fn leaves(person: &Person, password: &str, heir: Option<&Person>) -> Answer {
    let leave = "mutation ($password: String!, $heir: ID) { requestAccountDeletion(input: {password: $password, coursesTo: $heir}) {
      deletion { dueAt coursesTo { name } } userErrors { code field } } }";
    person.ask_with(leave, json!({"password": password, "heir": heir.map(|heir| heir.id.to_wire())})).await
}

async fn with_password(app: &TestApp, person: Person) -> Person {
    let hash = app.app.passwords.hash("tin drum rolling".into()).await.unwrap();
    app.sets_password(&person, hash).await;
    app.letters().await;
    person
}

#[on_both]
async fn two_weeks_later_the_account_is_nobodys(app: TestApp) {
    let ada = with_password(&app, app.student("Ada").await).await;
    let answer = leaves(&ada, "tin drum rolling", None).await;
    assert_eq!(answer.at("/requestAccountDeletion/deletion/dueAt"), "2026-07-15T12:00:00+00:00");
    let letters = app.letters().await;
    assert_eq!((letters[0].to.as_str(), letters[0].path()), ("ada@example.org", "/cancel-deletion"));
    // Until then nothing changes.
    app.world.pass(Duration::days(14) - Duration::seconds(1));
    assert!(app.letters().await.is_empty());
    assert_eq!(ada.ask("{ me { email deletion { dueAt } } }").await.at("/me/email"), "ada@example.org");
    app.world.pass(Duration::seconds(1));
    let letters = app.letters().await;
    assert_eq!(letters[0].to, "ada@example.org");
    let now = app.world.now();
    assert!(accounts::authenticate(app.db(), &ada.tokens.access, now).await.unwrap().is_none());
    assert_eq!(*ada.ask("{ me { email } }").await.at("/me"), Value::Null);
    // The address is free again.
    let register = "mutation { register(input: {email: \"ada@example.org\", password: \"tin drum rolling\"}) { userErrors { code } } }";
    app.ask(register).await.data();
    assert_eq!(app.letters().await[0].path(), "/verify-email");
}

#[on_both]
async fn courses_go_to_the_one_named(app: TestApp) {
    let (ada, bea) = (app.instructor("Ada").await, app.instructor("Bea").await);
    let ada = with_password(&app, ada).await;
    let student = app.student("Sam").await;
    let course = ada.publishes("Engines").await;
    for (heir, code) in [(None, "HEIR_NEEDED"), (Some(&student), "HEIR_INVALID"), (Some(&ada), "HEIR_INVALID")] {
        let answer = leaves(&ada, "tin drum rolling", heir).await;
        let refused = json!([{"code": code, "field": ["input", "coursesTo"]}]);
        assert_eq!(*answer.at("/requestAccountDeletion/userErrors"), refused);
    }
    let answer = leaves(&ada, "tin drum rolling", Some(&bea)).await;
    assert_eq!(answer.at("/requestAccountDeletion/deletion/coursesTo/name"), "Bea");
    app.world.pass(Duration::days(14));
    app.letters().await;
    let seen = "query ($id: ID!) { node(id: $id) { ... on Course { title isPublished instructor { name } } } }";
    let answer = app.ask_as(&Viewer::Anonymous, seen, json!({"id": course})).await;
    assert_eq!(*answer.at("/node"), json!({"title": "Engines", "isPublished": true, "instructor": {"name": "Bea"}}));
}

#[on_both]
async fn an_heir_who_has_left_is_replaced_by_an_administrator(app: TestApp) {
    let (root, ada, bea) = (app.admin("Root").await, app.instructor("Ada").await, app.instructor("Bea").await);
    let (ada, bea) = (with_password(&app, ada).await, with_password(&app, bea).await);
    let course = ada.publishes("Engines").await;
    leaves(&bea, "tin drum rolling", None).await.at("/requestAccountDeletion/deletion/dueAt").as_str().unwrap();
    leaves(&ada, "tin drum rolling", Some(&bea)).await.at("/requestAccountDeletion/deletion/dueAt").as_str().unwrap();
    app.world.pass(Duration::days(14));
    app.letters().await;
    let seen = "query ($id: ID!) { node(id: $id) { ... on Course { instructor { name } } } }";
    let answer = app.ask_as(&root.viewer, seen, json!({"id": course})).await;
    assert_eq!(answer.at("/node/instructor/name"), "Root");
}

#[on_both]
async fn it_can_be_cancelled_by_letter_and_by_oneself(app: TestApp) {
    let ada = with_password(&app, app.student("Ada").await).await;
    let cancel = "mutation ($token: String) { cancelAccountDeletion(input: {token: $token}) { isCancelled userErrors { code } } }";
    let kept = json!({"cancelAccountDeletion": {"isCancelled": true, "userErrors": []}});
    leaves(&ada, "tin drum rolling", None).await;
    let token = app.letters().await[0].token().to_string();
    assert_eq!(*app.ask_as(&Viewer::Anonymous, cancel, json!({"token": token})).await.data(), kept);
    assert_eq!(ada.ask_with(cancel, json!({})).await.user_errors(), ["DELETION_NOT_REQUESTED"]);
    leaves(&ada, "tin drum rolling", None).await;
    assert_eq!(*ada.ask_with(cancel, json!({})).await.data(), kept);
    app.world.pass(Duration::days(15));
    app.letters().await;
    assert_eq!(
        *ada.ask("{ me { email deletion { dueAt } } }").await.at("/me"),
        json!({"email": "ada@example.org", "deletion": null})
    );
}

#[on_both]
async fn the_last_administrator_does_not_leave(app: TestApp) {
    let root = with_password(&app, app.admin("Root").await).await;
    assert_eq!(leaves(&root, "tin drum rolling", None).await.user_errors(), ["LAST_ADMINISTRATOR"]);
    let other = app.admin("Other").await;
    assert!(leaves(&root, "tin drum rolling", None).await.user_errors().is_empty());
    // The other one has gone first.
    let suspend = "mutation ($id: ID!) { suspendUser(input: {userId: $id, reason: \"x\"}) { userErrors { code } } }";
    assert!(root.ask_with(suspend, json!({"id": other.wire_id()})).await.user_errors().is_empty());
    app.world.pass(Duration::days(14));
    app.letters().await;
    let here = accounts::reading::profiles(app.db().read(), &[root.id]).await.unwrap();
    assert!(here.contains_key(&root.id));
}

#[on_both]
async fn it_takes_the_password(app: TestApp) {
    let ada = with_password(&app, app.student("Ada").await).await;
    assert_eq!(leaves(&ada, "wrong password", None).await.user_errors(), ["PASSWORD_WRONG"]);
    app.world.pass(Duration::days(15));
    assert!(app.letters().await.is_empty());
    assert_eq!(ada.ask("{ me { email } }").await.at("/me/email"), "ada@example.org");
}
