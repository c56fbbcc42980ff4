use kernel::World;
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

const PROFILE: &str = "mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) {
  user { fullName displayName username phone phoneVerified bio profile { name bio } } userErrors { code field } } }";

async fn update(person: &Person, input: Value) -> Answer {
    person.ask_with(PROFILE, json!({"input": input})).await
}

async fn is_good(app: &TestApp, token: &str) -> bool {
    accounts::authenticate(app.db(), token, app.world.now()).await.unwrap().is_some()
}

async fn sign_in_again(app: &TestApp, person: &Person) -> accounts::Tokens {
    let mut tx = app.tx().await;
    let tokens = accounts::sign_in(&mut tx, person.id, accounts::Device::default()).await.unwrap();
    tx.commit().await.unwrap();
    tokens
}

#[on_both]
async fn a_profile_changes_where_it_is_told_to(app: TestApp) {
    let ada = app.student("Ada").await;
    let all = json!({"fullName": " Ada Lovelace ", "displayName": "Ada L.", "username": "Ada.L", "phone": "+44 20 1234", "bio": "Poet."});
    let answer = update(&ada, all).await;
    let user = json!({"fullName": "Ada Lovelace", "displayName": "Ada L.", "username": "Ada.L", "phone": "+44 20 1234",
        "phoneVerified": false, "bio": "Poet.", "profile": {"name": "Ada L.", "bio": "Poet."}});
    assert_eq!(answer.at("/updateProfile/user"), &user);
    let answer = update(&ada, json!({"username": null, "displayName": ""})).await;
    assert_eq!(answer.at("/updateProfile/user/username"), &Value::Null);
    assert_eq!(answer.at("/updateProfile/user/profile"), &json!({"name": "Ada Lovelace", "bio": "Poet."}));
    let answer = update(&ada, json!({"phone": null, "bio": null})).await;
    assert_eq!(answer.at("/updateProfile/user/phone"), "");
    assert_eq!(answer.at("/updateProfile/user/profile"), &json!({"name": "Ada Lovelace", "bio": ""}));
}

#[on_both]
async fn a_person_reads_what_they_may_do_and_staff_reads_it_of_many_at_once(app: TestApp) {
    let (ada, tomas, root) = (app.student("Ada").await, app.instructor("Tomas").await, app.admin("Root").await);
    let mine = "{ me { permissions { code } } }";
    assert_eq!(ada.ask(mine).await.at("/me/permissions"), &json!([]));
    let teaches = json!([{"code": "courses.create"}]);
    assert_eq!(tomas.ask(mine).await.at("/me/permissions"), &teaches);
    let all = "{ users(first: 10, sort: {field: JOINED, direction: ASC}) { nodes { fullName permissions { code } } } }";
    let (answer, statements) = app.statements(root.ask(all)).await;
    let nodes = answer.at("/users/nodes").as_array().unwrap().clone();
    let of = |name: &str| nodes.iter().find(|node| node["fullName"] == name).unwrap()["permissions"].clone();
    assert_eq!((of("Ada"), of("Tomas")), (json!([]), teaches));
    assert_eq!(of("Root").as_array().unwrap().len(), kernel::Permission::ALL.len());
    assert_eq!(statements.len(), 2, "{statements:#?}");
}

#[on_both]
async fn what_is_wrong_with_a_profile_is_said_at_once(app: TestApp) {
    let (ada, eve) = (app.student("Ada").await, app.student("Eve").await);
    let wrong = json!({"fullName": "x".repeat(256), "displayName": "x".repeat(101), "bio": "x".repeat(5001), "phone": "call me", "username": "a b"});
    let codes = ["FULL_NAME_TOO_LONG", "DISPLAY_NAME_TOO_LONG", "BIO_TOO_LONG", "PHONE_INVALID", "USERNAME_INVALID"];
    assert_eq!(update(&ada, wrong).await.user_errors(), codes);
    assert!(update(&ada, json!({"username": "ada"})).await.user_errors().is_empty());
    assert_eq!(update(&eve, json!({"username": "ADA"})).await.user_errors(), ["USERNAME_TAKEN"]);
    assert!(update(&ada, json!({"username": "Ada"})).await.user_errors().is_empty());
}

#[on_both]
async fn a_name_is_one_line_that_can_be_seen(app: TestApp) {
    let ada = app.student("Ada").await;
    for bad in ["\u{200b}", "\u{3164}", "\u{202e}evil", "a\nb"] {
        let codes = ["NAME_UNREADABLE", "NAME_UNREADABLE"];
        assert_eq!(update(&ada, json!({"fullName": bad, "displayName": bad})).await.user_errors(), codes, "{bad:?}");
    }
    assert!(update(&ada, json!({"displayName": "مریم\u{200c}گلی"})).await.user_errors().is_empty());
}

#[on_both]
async fn preferences_are_a_small_object(app: TestApp) {
    let ada = app.student("Ada").await;
    let query = "mutation ($p: JSON!) { updatePreferences(input: {preferences: $p}) { user { preferences } userErrors { code } } }";
    let answer = ada.ask_with(query, json!({"p": {"theme": "dark", "n": [1]}})).await;
    assert_eq!(answer.at("/updatePreferences/user/preferences"), &json!({"theme": "dark", "n": [1]}));
    for bad in [json!([]), json!("x"), json!({"x": "x".repeat(20_000)})] {
        assert_eq!(ada.ask_with(query, json!({"p": bad})).await.user_errors(), ["PREFERENCES_INVALID"]);
    }
}

#[on_both]
async fn a_new_password_ends_the_other_sessions(app: TestApp) {
    let register = "mutation { register(input: {email: \"max@example.org\", password: \"correct horse\"}) { userErrors { code } } }";
    app.ask(register).await.data();
    let login = "mutation ($p: String!) { login(input: {email: \"max@example.org\", password: $p}) { outcome { ... on Session { accessToken } } userErrors { code } } }";
    let login = async |password: &str| app.ask_as(&kernel::Viewer::Anonymous, login, json!({"p": password})).await;
    let token = |answer: Answer| answer.at("/login/outcome/accessToken").as_str().unwrap().to_string();
    let (this, other) = (token(login("correct horse").await), token(login("correct horse").await));
    let viewer = accounts::authenticate(app.db(), &this, app.world.now()).await.unwrap().unwrap();
    let viewer = kernel::Viewer::User(std::sync::Arc::new(viewer));
    let change = "mutation ($old: String!, $new: String!) { changePassword(input: {currentPassword: $old, newPassword: $new}) { user { email } userErrors { code field } } }";
    let change = async |old: &str, new: &str| app.ask_as(&viewer, change, json!({"old": old, "new": new})).await;
    assert_eq!(change("wrong horse", "battery staple").await.user_errors(), ["PASSWORD_WRONG"]);
    assert_eq!(change("correct horse", "short").await.user_errors(), ["PASSWORD_TOO_SHORT"]);
    assert_eq!(change("correct horse", "correct horse").await.user_errors(), ["PASSWORD_SAME"]);
    assert!(is_good(&app, &other).await);
    assert_eq!(change("correct horse", "battery staple").await.at("/changePassword/user/email"), "max@example.org");
    assert!(is_good(&app, &this).await && !is_good(&app, &other).await);
    assert_eq!(login("correct horse").await.user_errors(), ["INVALID_CREDENTIALS"]);
    assert!(login("battery staple").await.user_errors().is_empty());
}

#[on_both]
async fn sessions_are_listed_and_ended_one_by_one_or_all_others(app: TestApp) {
    let ada = app.student("Ada").await;
    app.world.pass(chrono::Duration::seconds(1));
    let (second, third) = (sign_in_again(&app, &ada).await, sign_in_again(&app, &ada).await);
    let mine = ada.ask("{ mySessions { totalCount nodes { id isCurrent isActive } } }").await;
    assert_eq!(mine.at("/mySessions/totalCount"), 3);
    assert_eq!(mine.at("/mySessions/nodes/2/isCurrent"), true);
    let newest = mine.at("/mySessions/nodes/0/id").clone();
    let revoke = "mutation ($id: ID!) { revokeSession(input: {id: $id}) { session { isActive } userErrors { code } } }";
    assert_eq!(ada.ask_with(revoke, json!({"id": newest})).await.at("/revokeSession/session/isActive"), false);
    let alive = [is_good(&app, &second.access).await, is_good(&app, &third.access).await];
    assert_eq!(alive.iter().filter(|alive| **alive).count(), 1);
    let others = ada.ask("mutation { revokeOtherSessions { revokedCount userErrors { code } } }").await;
    assert_eq!(others.at("/revokeOtherSessions/revokedCount"), 1);
    assert!(
        is_good(&app, &ada.tokens.access).await
            && !is_good(&app, &second.access).await
            && !is_good(&app, &third.access).await
    );
}
