use accounts::{api_token, role, user};
use chrono::Duration;
use kernel::{Live, Permission, Viewer, World};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};
use testkit::{Answer, Person, Server, TestApp, on_both};

const CREATE: &str = "mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) {
  apiToken { name scopes isActive expiresAt lastUsedAt revokedAt user { email } } secret userErrors { code field } } }";
const REVOKE: &str =
    "mutation ($id: ID!) { revokeApiToken(input: {id: $id}) { apiToken { isActive revokedAt } userErrors { code } } }";

async fn create(person: &Person, input: Value) -> Answer {
    person.ask_with(CREATE, json!({"input": input})).await
}

async fn newest(person: &Person) -> Value {
    person.ask("{ myApiTokens { nodes { id } } }").await.at("/myApiTokens/nodes/0/id").clone()
}

#[on_both]
async fn a_token_is_shown_once_and_kept_as_a_hash(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let ends = app.world.now() + Duration::days(1);
    let answer = create(
        &teacher,
        json!({"name": " Importer ", "scopes": ["courses.create", "courses.create"], "expiresAt": ends}),
    )
    .await;
    let secret = answer.at("/createApiToken/secret").as_str().unwrap().to_string();
    let token = json!({"name": "Importer", "scopes": ["courses.create"], "isActive": true, "expiresAt": "2026-07-02T12:00:00+00:00",
        "lastUsedAt": null, "revokedAt": null, "user": {"email": "tomas@example.org"}});
    assert_eq!(answer.at("/createApiToken/apiToken"), &token);
    assert!(secret.starts_with("lectern_api_") && secret.len() == "lectern_api_".len() + 43, "{secret}");
    let stored = api_token::Entity::live().one(app.db().read()).await.unwrap().unwrap();
    assert_eq!(stored.token_hash, accounts::token_hash(&secret));
    assert!(!format!("{stored:?}").contains(&secret));
    let mine = teacher.ask("{ myApiTokens { totalCount nodes { name scopes } } }").await;
    assert_eq!(
        mine.at("/myApiTokens"),
        &json!({"totalCount": 1, "nodes": [{"name": "Importer", "scopes": ["courses.create"]}]})
    );
    let shown = app.student("Eve").await.ask("{ myApiTokens { totalCount } }").await;
    assert_eq!(shown.at("/myApiTokens/totalCount"), 0);
}

#[on_both]
async fn what_is_wrong_with_a_token_is_said_at_once(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let wrong =
        json!({"name": " ", "scopes": ["courses.create", "users.read", "nonsense"], "expiresAt": app.world.now()});
    let answer = create(&teacher, wrong).await;
    let errors = json!([
        {"code": "API_TOKEN_NAME_LENGTH", "field": ["input", "name"]},
        {"code": "SCOPE_NOT_HELD", "field": ["input", "scopes", "1"]},
        {"code": "SCOPE_UNKNOWN", "field": ["input", "scopes", "2"]},
        {"code": "API_TOKEN_EXPIRY_PASSED", "field": ["input", "expiresAt"]},
    ]);
    assert_eq!(answer.at("/createApiToken"), &json!({"apiToken": null, "secret": null, "userErrors": errors}));
    // A leap second is the first of the year after, which has no place in an answer.
    let leap = create(&teacher, json!({"name": "x", "scopes": [], "expiresAt": "9999-12-31T23:59:60Z"})).await;
    assert_eq!(leap.user_errors(), ["API_TOKEN_EXPIRY_PASSED"]);
    let long = create(&teacher, json!({"name": "x".repeat(101), "scopes": []})).await;
    assert_eq!(long.user_errors(), ["API_TOKEN_NAME_LENGTH"]);
    assert!(create(&teacher, json!({"name": "ä".repeat(100), "scopes": []})).await.user_errors().is_empty());
    set(&app, user::Entity, user::Column::Id.eq(teacher.id), user::Column::EmailVerified, Expr::val(false)).await;
    assert_eq!(create(&teacher, json!({"name": "x", "scopes": []})).await.user_errors(), ["EMAIL_NOT_VERIFIED"]);
    assert_eq!(api_token::Entity::live().all(app.db().read()).await.unwrap().len(), 1);
}

#[on_both]
async fn nobody_has_more_than_fifty_that_work(app: TestApp) {
    let ada = app.student("Ada").await;
    for _ in 0..44 {
        ada.creates_token(&[]).await;
    }
    let expiring = json!({"name": "x", "scopes": [], "expiresAt": app.world.now() + Duration::hours(1)});
    create(&ada, expiring).await.data();
    // That one is not the newest, whatever its id.
    app.world.pass(Duration::seconds(1));
    let tasks: Vec<_> = (0..12)
        .map(|_| {
            let ada = ada.clone();
            tokio::spawn(async move { create(&ada, json!({"name": "x", "scopes": []})).await })
        })
        .collect();
    let mut refused = 0;
    for task in tasks {
        let answer = task.await.unwrap();
        if !answer.user_errors().is_empty() {
            assert_eq!(answer.user_errors(), ["TOO_MANY_API_TOKENS"]);
            refused += 1;
        }
    }
    assert_eq!(refused, 7);
    let again = async || create(&ada, json!({"name": "x", "scopes": []})).await;
    ada.ask_with(REVOKE, json!({"id": newest(&ada).await})).await.data();
    assert!(again().await.user_errors().is_empty());
    assert_eq!(again().await.user_errors(), ["TOO_MANY_API_TOKENS"]);
    app.world.pass(Duration::hours(1));
    assert!(again().await.user_errors().is_empty());
}

#[on_both]
async fn a_program_does_what_its_scopes_say_and_its_owner_answers_for_it(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let draft = teacher.drafts("My own").await;
    let viewer = app.viewer_of(&teacher.creates_token(&["courses.create"]).await).await.unwrap();
    assert!((viewer.id(), viewer.actor()) == (None, Some(teacher.id)) && !viewer.is(teacher.id));
    let create = "mutation { createCourse(input: {title: \"By a program\"}) { course { id } userErrors { code } } }";
    let answer = app.ask_as(&viewer, create, json!({})).await;
    let id = answer.at("/createCourse/course/id").clone();
    let made = teacher
        .ask_with(
            "query ($id: ID!) { course(id: $id) { title instructor { name } createdBy { name } } }",
            json!({"id": id}),
        )
        .await;
    let by = json!({"name": "Tomas"});
    assert_eq!(made.at("/course"), &json!({"title": "By a program", "instructor": by, "createdBy": by}));
    // What is the owner's own is not the program's.
    let update = "mutation ($id: ID!) { updateCourse(input: {id: $id, title: \"x\"}) { userErrors { code } } }";
    assert_eq!(app.ask_as(&viewer, update, json!({"id": draft})).await.codes(), ["NOT_FOUND"]);
    let without = app.viewer_of(&teacher.creates_token(&[]).await).await.unwrap();
    assert_eq!(app.ask_as(&without, create, json!({})).await.codes(), ["FORBIDDEN"]);
}

#[on_both]
async fn what_people_do_with_their_own_account_is_closed_to_programs(app: TestApp) {
    let admin = app.admin("Root").await;
    let session = admin.ask("{ mySessions { nodes { id } } }").await.at("/mySessions/nodes/0/id").clone();
    let secret = admin.creates_token(&Permission::ALL.map(Permission::code)).await;
    let token = newest(&admin).await;
    let viewer = app.viewer_of(&secret).await.unwrap();
    assert!(Permission::ALL.into_iter().all(|permission| viewer.has(permission)));
    for query in [
        "{ me { id } }",
        "{ mySessions { totalCount } }",
        "{ myApiTokens { totalCount } }",
        "{ myTaughtCourses { totalCount } }",
        "mutation { logout { userErrors { code } } }",
        "mutation { revokeOtherSessions { userErrors { code } } }",
        "mutation { updateProfile(input: {bio: \"x\"}) { userErrors { code } } }",
        "mutation { updatePreferences(input: {preferences: {}}) { userErrors { code } } }",
        "mutation { changePassword(input: {currentPassword: \"correct horse\", newPassword: \"battery staple\"}) { userErrors { code } } }",
        "mutation { createApiToken(input: {name: \"x\", scopes: []}) { userErrors { code } } }",
        &format!("mutation {{ revokeSession(input: {{id: {session}}}) {{ userErrors {{ code }} }} }}"),
        &format!("mutation {{ revokeApiToken(input: {{id: {token}}}) {{ userErrors {{ code }} }} }}"),
    ] {
        let answer = app.ask_as(&viewer, query, json!({})).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"], "{query}");
        assert_eq!(answer.0["errors"][0]["message"], "An API token can't do this: sign in as a person.", "{query}");
    }
    // Even with the right to read every account, sessions and tokens are seen by their owner alone.
    let query = "query ($id: ID!) { user(id: $id) { email sessions { totalCount } } }";
    let id = kernel::EntityId::to_wire(admin.id);
    let answer = app.ask_as(&viewer, query, json!({"id": id})).await;
    assert_eq!(answer.at("/user"), &json!({"email": "root@example.org", "sessions": {"totalCount": 0}}));
    let query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    assert_eq!(app.ask_as(&viewer, query, json!({"ids": [session, token]})).await.at("/nodes"), &json!([null, null]));
}

#[on_both]
async fn a_token_is_worth_no_more_than_its_owner_at_the_time(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let secret = teacher.creates_token(&["courses.create"]).await;
    let may = async || app.viewer_of(&secret).await.map(|viewer| viewer.has(Permission::CoursesCreate));
    assert_eq!(may().await, Some(true));
    let instructors = role::Column::Name.eq("instructor");
    set(&app, role::Entity, instructors.clone(), role::Column::IsActive, Expr::val(false)).await;
    assert_eq!(may().await, Some(false));
    set(&app, role::Entity, instructors, role::Column::IsActive, Expr::val(true)).await;
    let tomas = || user::Column::Id.eq(teacher.id);
    for (column, off, on) in [
        (user::Column::Status, Expr::val("suspended"), Expr::val("active")),
        (user::Column::IsActive, Expr::val(false), Expr::val(true)),
        (user::Column::IsDeleted, Expr::val(true), Expr::val(false)),
    ] {
        set(&app, user::Entity, tomas(), column, off).await;
        assert_eq!(may().await, None, "{column:?}");
        set(&app, user::Entity, tomas(), column, on).await;
        assert_eq!(may().await, Some(true), "{column:?}");
    }
}

#[on_both]
async fn a_token_ends_when_it_expires_or_is_revoked(app: TestApp) {
    let ada = app.student("Ada").await;
    let input = json!({"name": "x", "scopes": [], "expiresAt": app.world.now() + Duration::hours(1)});
    let short = create(&ada, input).await.at("/createApiToken/secret").as_str().unwrap().to_string();
    let long = ada.creates_token(&[]).await;
    app.world.pass(Duration::hours(1) - Duration::microseconds(1));
    assert!(app.viewer_of(&short).await.is_some());
    app.world.pass(Duration::microseconds(1));
    assert!(app.viewer_of(&short).await.is_none() && app.viewer_of(&long).await.is_some());
    let tokens = ada.ask("{ myApiTokens { nodes { id expiresAt isActive } } }").await;
    let active = |place: usize| {
        (
            tokens.at(&format!("/myApiTokens/nodes/{place}/expiresAt")).is_null(),
            tokens.at(&format!("/myApiTokens/nodes/{place}/isActive")).clone(),
        )
    };
    let mut both = [active(0), active(1)];
    both.sort_by_key(|(is_endless, _)| *is_endless);
    assert_eq!(both, [(false, json!(false)), (true, json!(true))]);
    let endless = tokens.at("/myApiTokens/nodes").as_array().unwrap().iter().find(|token| token["expiresAt"].is_null());
    let id = json!({"id": endless.unwrap()["id"]});
    let revoked = json!({"isActive": false, "revokedAt": "2026-07-01T13:00:00+00:00"});
    assert_eq!(ada.ask_with(REVOKE, id.clone()).await.at("/revokeApiToken/apiToken"), &revoked);
    app.world.pass(Duration::minutes(1));
    assert_eq!(ada.ask_with(REVOKE, id).await.at("/revokeApiToken/apiToken"), &revoked);
    assert!(app.viewer_of(&long).await.is_none());
}

#[on_both]
async fn over_http_it_is_a_bearer_token_whose_use_is_noted_once_a_minute(app: TestApp) {
    let (server, teacher) = (Server::start(&app).await, app.instructor("Tomas").await);
    let secret = teacher.creates_token(&["courses.create"]).await;
    let create = json!({"query": "mutation { createCourse(input: {title: \"x\"}) { userErrors { code } } }"});
    let used = async |secret: &str| {
        let request = server.client.post(format!("{}/graphql", server.url)).bearer_auth(secret).json(&create);
        request.send().await.unwrap().json::<Value>().await.unwrap()
    };
    assert_eq!(used(&secret).await["data"]["createCourse"]["userErrors"], json!([]));
    noted(&teacher, "2026-07-01T12:00:00+00:00").await;
    app.world.pass(Duration::seconds(59));
    let (_, statements) = app.statements(used(&secret)).await;
    assert!(!statements.iter().any(|sql| sql.contains("UPDATE \"api_tokens\"")), "{statements:#?}");
    app.world.pass(Duration::seconds(1));
    used(&secret).await;
    noted(&teacher, "2026-07-01T12:01:00+00:00").await;
    for wrong in [&format!("{secret}x"), "lectern_api_", &secret["lectern_api_".len()..]] {
        assert_eq!(used(wrong).await["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{wrong}");
    }
    server.stop().await;
}

/// Nobody waits for the use to be noted, so it may come after the answer.
async fn noted(person: &Person, wanted: &str) {
    let seen = async {
        while person.ask("{ myApiTokens { nodes { lastUsedAt } } }").await.at("/myApiTokens/nodes/0/lastUsedAt")
            != wanted
        {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), seen).await.expect("the use was not noted");
}

#[on_both]
async fn nobody_makes_tokens_without_signing_in(app: TestApp) {
    let answer = app.ask_as(&Viewer::Anonymous, CREATE, json!({"input": {"name": "x", "scopes": []}})).await;
    assert_eq!(answer.codes(), ["UNAUTHENTICATED"]);
}

#[expect(clippy::disallowed_methods, reason = "what no operation of these tests does")]
async fn set<E: EntityTrait>(app: &TestApp, _: E, which: Expr, column: E::Column, value: Expr) {
    E::update_many().col_expr(column, value).filter(which).exec(app.db().write()).await.unwrap();
}
