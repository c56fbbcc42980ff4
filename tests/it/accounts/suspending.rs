use kernel::{Permission, Viewer, World};
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

const SUSPEND: &str = "mutation ($id: ID!, $reason: String!) { suspendUser(input: {userId: $id, reason: $reason}) {
  user { status } userErrors { code field } } }";
const REACTIVATE: &str =
    "mutation ($id: ID!) { reactivateUser(input: {userId: $id}) { user { status } userErrors { code field } } }";

async fn suspend(by: &Person, whom: &Person) -> Answer {
    by.ask_with(SUSPEND, json!({"id": whom.wire_id(), "reason": "Spam."})).await
}

async fn reactivate(by: &Person, whom: &Person) -> Answer {
    by.ask_with(REACTIVATE, json!({"id": whom.wire_id()})).await
}

async fn is_good(app: &TestApp, token: &str) -> bool {
    accounts::authenticate(app.db(), token, app.world.now()).await.unwrap().is_some()
}

async fn refresh(app: &TestApp, token: &str) -> Answer {
    let query = "mutation ($t: String!) { refreshSession(input: {refreshToken: $t}) { session { accessToken } userErrors { code } } }";
    app.ask_as(&Viewer::Anonymous, query, json!({"t": token})).await
}

#[on_both]
async fn a_suspended_person_is_out_at_once_and_what_they_made_stays(app: TestApp) {
    let (root, tomas) = (app.admin("Root").await, app.instructor("Tomas").await);
    tomas.publishes("Rust").await;
    let titles = "{ courses { nodes { title } } }";
    let before = app.ask(titles).await.data().clone();
    assert_eq!(before, json!({"courses": {"nodes": [{"title": "Rust"}]}}));
    let done = suspend(&root, &tomas).await;
    assert_eq!(done.data(), &json!({"suspendUser": {"user": {"status": "SUSPENDED"}, "userErrors": []}}));
    assert!(!is_good(&app, &tomas.tokens.access).await);
    assert_eq!(refresh(&app, &tomas.tokens.refresh).await.user_errors(), ["REFRESH_TOKEN_INVALID"]);
    let mut tx = app.tx().await;
    let again = accounts::sign_in(&mut tx, tomas.id, accounts::Device::default()).await;
    assert!(matches!(again, Err(kernel::Error::Denied)));
    drop(tx);
    assert_eq!(app.ask(titles).await.data(), &before);

    // The old sessions stay dead, a new one begins.
    let back = reactivate(&root, &tomas).await;
    assert_eq!(back.data(), &json!({"reactivateUser": {"user": {"status": "ACTIVE"}, "userErrors": []}}));
    assert!(!is_good(&app, &tomas.tokens.access).await);
    let mut tx = app.tx().await;
    let tokens = accounts::sign_in(&mut tx, tomas.id, accounts::Device::default()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(is_good(&app, &tokens.access).await);
}

#[on_both]
async fn a_reason_is_needed_and_goes_into_the_trail(app: TestApp) {
    let (root, ada) = (app.admin("Root").await, app.student("Ada").await);
    for (reason, code) in [
        (" ".to_string(), "REASON_REQUIRED"),
        ("\u{200b}".to_string(), "REASON_REQUIRED"),
        ("x".repeat(1001), "REASON_TOO_LONG"),
    ] {
        let answer = root.ask_with(SUSPEND, json!({"id": ada.wire_id(), "reason": reason})).await;
        assert_eq!(answer.user_errors(), [code]);
    }
    app.world.pass(chrono::Duration::seconds(1));
    suspend(&root, &ada).await.data();
    app.world.pass(chrono::Duration::seconds(1));
    let letters = app.letters().await;
    let letter = letters.iter().find(|letter| letter.text.contains("Spam.")).unwrap();
    assert_eq!(letter.to, "ada@example.org");
    // A second time there is nothing to do.
    assert_eq!(suspend(&root, &ada).await.at("/suspendUser/user/status"), "SUSPENDED");
    assert_eq!(app.letters().await.len(), 0);
    reactivate(&root, &ada).await.data();
    assert_eq!(app.letters().await.len(), 1);
    assert_eq!(reactivate(&root, &ada).await.user_errors(), ["USER_NOT_SUSPENDED"]);
    let query = "query ($id: ID!) { auditEvents(filter: {targetId: $id}, first: 2) { nodes {
        action reason before after actor { name } } } }";
    let events = root.ask_with(query, json!({"id": ada.wire_id()})).await;
    let wanted = json!([
        {"action": "user.reactivated", "reason": null, "before": {"status": "suspended"}, "after": {"status": "active"}, "actor": {"name": "Root"}},
        {"action": "user.suspended", "reason": "Spam.", "before": {"status": "active"}, "after": {"status": "suspended"}, "actor": {"name": "Root"}},
    ]);
    assert_eq!(events.at("/auditEvents/nodes"), &wanted);
}

#[on_both]
async fn nobody_suspends_themselves_or_who_may_do_more(app: TestApp) {
    let root = app.admin("Root").await;
    let clerk = app.with_permissions("Clerk", &[Permission::UsersManage]).await;
    let (peer, teacher) =
        (app.with_permissions("Peer", &[Permission::UsersManage]).await, app.instructor("Tomas").await);
    let oneself = json!([{"code": "SUSPENDS_ONESELF", "field": ["input", "userId"]}]);
    assert_eq!(suspend(&clerk, &clerk).await.at("/suspendUser/userErrors"), &oneself);
    for greater in [&root, &teacher] {
        assert_eq!(suspend(&clerk, greater).await.codes(), ["FORBIDDEN"]);
        assert!(is_good(&app, &greater.tokens.access).await);
    }
    suspend(&root, &teacher).await.data();
    assert_eq!(reactivate(&clerk, &teacher).await.codes(), ["FORBIDDEN"]);
    assert_eq!(suspend(&clerk, &peer).await.at("/suspendUser/user/status"), "SUSPENDED");
    let unknown = json!({"id": "user_00000000000000000000000000", "reason": "x"});
    assert_eq!(root.ask_with(SUSPEND, unknown).await.codes(), ["NOT_FOUND"]);
    assert_eq!(root.ask_with(SUSPEND, json!({"id": "x", "reason": "x"})).await.codes(), ["BAD_USER_INPUT"]);
    assert_eq!(root.ask("{ me { status } }").await.at("/me/status"), &Value::from("ACTIVE"));
}
