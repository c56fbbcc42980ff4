use chrono::Duration;
use kernel::{Permission, World};
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

async fn actions(auditor: &Person, filter: Value) -> Vec<String> {
    let query = "query ($filter: AuditEventFilter) { auditEvents(filter: $filter, first: 100) { totalCount nodes { action } } }";
    let answer = auditor.ask_with(query, json!({"filter": filter})).await;
    let nodes = answer.at("/auditEvents/nodes").as_array().unwrap();
    assert_eq!(answer.at("/auditEvents/totalCount"), nodes.len());
    nodes.iter().map(|node| node["action"].as_str().unwrap().to_string()).collect()
}

#[on_both]
async fn the_trail_is_read_newest_first_and_by_each_filter(app: TestApp) {
    let auditor = app.with_permissions("Auditor", &[Permission::AuditRead]).await;
    let ada = app.student("Ada").await;
    app.world.pass(Duration::minutes(1));
    let later = app.world.now();
    let profile = "mutation { updateProfile(input: {displayName: \"Countess\", username: \"countess\"}) { user { id } userErrors { code } } }";
    ada.ask(profile).await.data();
    // Nothing changes, nothing is told.
    ada.ask(profile).await.data();
    app.world.pass(Duration::minutes(1));
    ada.ask("mutation { logout { userErrors { code } } }").await.data();

    let of_ada = json!({"actorId": ada.wire_id()});
    let all = ["session.ended", "user.profile_changed", "session.started", "user.registered"];
    assert_eq!(actions(&auditor, of_ada.clone()).await, all);
    assert_eq!(
        actions(&auditor, json!({"targetId": ada.wire_id()})).await,
        ["user.profile_changed", "user.registered"]
    );
    let one = json!({"actorId": ada.wire_id(), "action": "session.ended"});
    assert_eq!(actions(&auditor, one).await, ["session.ended"]);
    assert_eq!(actions(&auditor, json!({"from": later})).await, ["session.ended", "user.profile_changed"]);
    let between = json!({"from": later, "to": later + Duration::minutes(1)});
    assert_eq!(actions(&auditor, between).await, ["user.profile_changed"]);

    let query = "query ($filter: AuditEventFilter) { auditEvents(filter: $filter, first: 1) { nodes {
        id happenedAt actor { name } actorId targetType targetId before after requestId ipAddress } } }";
    let filter = json!({"action": "user.profile_changed"});
    let answer = auditor.ask_with(query, json!({"filter": filter})).await;
    let event = answer.at("/auditEvents/nodes/0").clone();
    let wanted = json!({"id": event["id"], "happenedAt": later.to_rfc3339(), "actor": {"name": "Countess"}, "actorId": ada.wire_id(),
        "targetType": "user", "targetId": ada.wire_id(), "before": {"displayName": "", "username": null},
        "after": {"displayName": "C***", "username": "c***"}, "requestId": "test", "ipAddress": "192.0.2.1"});
    assert_eq!(event, wanted);
    let node = "query ($id: ID!) { node(id: $id) { ... on AuditEvent { action } } }";
    let found = auditor.ask_with(node, json!({"id": event["id"]})).await;
    assert_eq!(found.at("/node/action"), "user.profile_changed");
    assert_eq!(ada.ask_with(node, json!({"id": event["id"]})).await.at("/node"), &Value::Null);
}

#[on_both]
async fn others_do_not_read_it(app: TestApp) {
    let ada = app.student("Ada").await;
    assert_eq!(ada.ask("{ auditEvents { nodes { action } } }").await.codes(), ["FORBIDDEN"]);
    let root = app.admin("Root").await;
    assert_eq!(root.ask("{ auditEvents(filter: {actorId: \"x\"}) { totalCount } }").await.codes(), ["BAD_USER_INPUT"]);
}

#[on_both]
async fn a_stolen_refresh_token_leaves_a_trace(app: TestApp) {
    let auditor = app.with_permissions("Auditor", &[Permission::AuditRead]).await;
    let ada = app.student("Ada").await;
    let query = "mutation ($t: String!) { refreshSession(input: {refreshToken: $t}) { userErrors { code } } }";
    for _ in 0..2 {
        app.ask_as(&kernel::Viewer::Anonymous, query, json!({"t": ada.tokens.refresh})).await.data();
        app.world.pass(Duration::seconds(11));
    }
    assert_eq!(actions(&auditor, json!({"action": "session.token_reused"})).await, ["session.token_reused"]);
}

#[on_both]
async fn a_letter_for_a_new_password_leaves_a_trace_when_there_is_an_account(app: TestApp) {
    let auditor = app.with_permissions("Auditor", &[Permission::AuditRead]).await;
    let ada = app.student("Ada").await;
    app.world.pass(Duration::minutes(1));
    for email in [&*ada.email, "nobody@example.org"] {
        let query =
            format!("mutation {{ requestPasswordReset(input: {{email: \"{email}\"}}) {{ userErrors {{ code }} }} }}");
        app.ask(&query).await.data();
    }
    app.run_jobs().await;
    assert_eq!(actions(&auditor, json!({"action": "user.password_reset_sent"})).await, ["user.password_reset_sent"]);
    assert_eq!(actions(&auditor, json!({"targetId": ada.wire_id()})).await[0], "user.password_reset_sent");
}
