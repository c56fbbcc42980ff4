use accounts::{role, user, user_session};
use chrono::Duration;
use kernel::{Live, World};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use testkit::{TestApp, on_both};

const LOGIN: &str = "mutation ($email: EmailAddress!, $password: String!) {
  login(input: {email: $email, password: $password}) { outcome { ... on Session { accessToken refreshToken } } userErrors { code field } } }";

async fn register(app: &TestApp) {
    let query = "mutation { register(input: {email: \"ada@example.org\", password: \"correct horse\"}) { userErrors { code } } }";
    assert!(app.ask(query).await.user_errors().is_empty());
}

async fn login(app: &TestApp, email: &str, password: &str) -> testkit::Answer {
    app.ask_as(&kernel::Viewer::Anonymous, LOGIN, json!({"email": email, "password": password})).await
}

#[on_both]
async fn whatever_is_wrong_the_answer_is_the_same(app: TestApp) {
    register(&app).await;
    let wrong = login(&app, "ada@example.org", "wrong horse").await;
    assert_eq!(wrong.user_errors(), ["INVALID_CREDENTIALS"]);
    let unknown = login(&app, "eve@example.org", "correct horse").await;
    let nonsense = login(&app, "", &"x".repeat(100_000)).await;
    assert_eq!(wrong.data(), unknown.data());
    assert_eq!(wrong.data(), nonsense.data());
}

#[on_both]
async fn only_hashes_of_tokens_and_passwords_are_stored(app: TestApp) {
    register(&app).await;
    let answer = login(&app, "ada@example.org", "correct horse").await;
    let access = answer.at("/login/outcome/accessToken").as_str().unwrap();
    let session = user_session::Entity::live().one(app.db().read()).await.unwrap().unwrap();
    assert_eq!(session.access_token, accounts::token_hash(access));
    assert_ne!(session.access_token, access);
    assert_eq!(session.access_token.len(), 64);
    let user = user::Entity::live().one(app.db().read()).await.unwrap().unwrap();
    let stored = user.password.unwrap();
    assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
    assert_eq!(user.last_login, Some(app.world.now()));
}

#[on_both]
async fn a_token_dies_after_its_quarter_of_an_hour(app: TestApp) {
    let ada = app.student("Ada").await;
    let good = async || accounts::authenticate(app.db(), &ada.tokens.access, app.world.now()).await.unwrap().is_some();
    app.world.pass(Duration::minutes(15) - Duration::microseconds(1));
    assert!(good().await);
    app.world.pass(Duration::microseconds(1));
    assert!(!good().await);
}

#[on_both]
async fn signing_out_ends_this_session_and_no_other(app: TestApp) {
    let ada = app.student("Ada").await;
    let mut tx = app.tx().await;
    let other = accounts::sign_in(&mut tx, ada.id, accounts::Device::default()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(ada.ask("mutation { logout { userErrors { code } } }").await.user_errors().is_empty());
    let now = app.world.now();
    assert!(accounts::authenticate(app.db(), &ada.tokens.access, now).await.unwrap().is_none());
    assert!(accounts::authenticate(app.db(), &other.access, now).await.unwrap().is_some());
    let refresh = "mutation ($token: String!) { refreshSession(input: {refreshToken: $token}) { session { accessToken } userErrors { code } } }";
    let answer = app.ask_as(&kernel::Viewer::Anonymous, refresh, json!({"token": ada.tokens.refresh})).await;
    assert_eq!(answer.user_errors(), ["REFRESH_TOKEN_INVALID"]);
}

#[on_both]
async fn who_is_suspended_is_out_at_once(app: TestApp) {
    let ada = app.student("Ada").await;
    set_status(&app, &ada, "suspended").await;
    let now = app.world.now();
    assert!(accounts::authenticate(app.db(), &ada.tokens.access, now).await.unwrap().is_none());
}

#[on_both]
async fn rights_come_from_the_active_roles(app: TestApp) {
    use kernel::Permission::{CoursesCreate, CoursesManage, UsersRead};
    let (student, instructor, admin) =
        (app.student("Mina").await, app.instructor("Tomas").await, app.admin("Ada").await);
    assert!(!student.viewer.has(CoursesCreate));
    assert!(instructor.viewer.has(CoursesCreate) && !instructor.viewer.has(CoursesManage));
    assert!(kernel::Permission::ALL.into_iter().all(|permission| admin.viewer.has(permission)));
    assert!(!student.viewer.has(UsersRead));
    update(&app, role::Entity, role::Column::Name.eq("instructor"), role::Column::IsActive, Expr::val(false)).await;
    let now = app.world.now();
    let again = accounts::authenticate(app.db(), &instructor.tokens.access, now).await.unwrap().unwrap();
    assert!(!again.permissions.contains(CoursesCreate));
}

#[on_both]
async fn i_see_myself_and_my_sessions_and_nobody_sees_mine(app: TestApp) {
    let (ada, eve) = (app.student("Ada").await, app.student("Eve").await);
    let answer = ada.ask("{ me { email sessions { totalCount nodes { isCurrent isActive user { email } } } } }").await;
    insta::allow_duplicates!(insta::assert_json_snapshot!(answer.data(), @r#"
    {
      "me": {
        "email": "ada@example.org",
        "sessions": {
          "nodes": [
            {
              "isActive": true,
              "isCurrent": true,
              "user": {
                "email": "ada@example.org"
              }
            }
          ],
          "totalCount": 1
        }
      }
    }
    "#));
    let id = ada.ask("{ me { id sessions { nodes { id } } } }").await;
    let ids = json!({"ids": [id.at("/me/id"), id.at("/me/sessions/nodes/0/id")]});
    let answer = eve.ask_with("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", ids).await;
    assert_eq!(answer.data(), &json!({"nodes": [null, null]}));
}

async fn set_status(app: &TestApp, person: &testkit::Person, status: &str) {
    update(app, user::Entity, user::Column::Id.eq(person.id), user::Column::Status, Expr::val(status)).await;
}

#[expect(clippy::disallowed_methods, reason = "no operation does this yet")]
async fn update<E: EntityTrait>(app: &TestApp, _: E, which: Expr, column: E::Column, value: Expr) {
    E::update_many().col_expr(column, value).filter(which).exec(app.db().write()).await.unwrap();
}
