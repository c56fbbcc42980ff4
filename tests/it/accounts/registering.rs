use accounts::user;
use kernel::Live;
use sea_orm::PaginatorTrait;
use serde_json::json;
use testkit::{TestApp, on_both};

const REGISTER: &str = "mutation ($email: EmailAddress!, $password: String!, $name: String) {
  register(input: {email: $email, password: $password, fullName: $name}) { email userErrors { code field message } } }";

async fn accounts(app: &TestApp) -> u64 {
    user::Entity::live().count(app.db().read()).await.unwrap()
}

#[on_both]
async fn a_new_account_can_sign_in_as_a_student(app: TestApp) {
    let person = json!({"email": " Ada@Example.org", "password": "correct horse", "name": " Ada Moreau "});
    let answer = app.ask_as(&kernel::Viewer::Anonymous, REGISTER, person).await;
    insta::allow_duplicates!(insta::assert_json_snapshot!(answer.data(), @r#"
    {
      "register": {
        "email": " Ada@Example.org",
        "userErrors": []
      }
    }
    "#));
    let login = "mutation { login(input: {email: \"ada@EXAMPLE.org\", password: \"correct horse\"}) { outcome { ... on Session {
      accessToken user { email fullName status emailVerified isStaff isSuperuser roles { role { name permissions { code } } } } } } userErrors { code } } }";
    let answer = app.ask(login).await;
    insta::allow_duplicates!(
        insta::assert_json_snapshot!(answer.data(), {".login.outcome.accessToken" => "[token]"}, @r#"
    {
      "login": {
        "outcome": {
          "accessToken": "[token]",
          "user": {
            "email": "Ada@Example.org",
            "emailVerified": false,
            "fullName": "Ada Moreau",
            "isStaff": false,
            "isSuperuser": false,
            "roles": [
              {
                "role": {
                  "name": "student",
                  "permissions": []
                }
              }
            ],
            "status": "ACTIVE"
          }
        },
        "userErrors": []
      }
    }
    "#)
    );
}

#[on_both]
async fn everything_wrong_is_said_at_once_and_nothing_is_written(app: TestApp) {
    let before = accounts(&app).await;
    let person = json!({"email": "ada", "password": "short", "name": "x".repeat(256)});
    let answer = app.ask_as(&kernel::Viewer::Anonymous, REGISTER, person).await;
    insta::allow_duplicates!(insta::assert_json_snapshot!(answer.data(), @r#"
    {
      "register": {
        "email": null,
        "userErrors": [
          {
            "code": "EMAIL_INVALID",
            "field": [
              "input",
              "email"
            ],
            "message": "This is not an e-mail address."
          },
          {
            "code": "PASSWORD_TOO_SHORT",
            "field": [
              "input",
              "password"
            ],
            "message": "A password has at least 8 characters."
          },
          {
            "code": "FULL_NAME_TOO_LONG",
            "field": [
              "input",
              "fullName"
            ],
            "message": "A name has at most 255 characters."
          }
        ]
      }
    }
    "#));
    assert_eq!(accounts(&app).await, before);
    let long = json!({"email": "ada@example.org", "password": "x".repeat(129)});
    assert_eq!(app.ask_as(&kernel::Viewer::Anonymous, REGISTER, long).await.user_errors(), ["PASSWORD_TOO_LONG"]);
}

#[on_both]
async fn a_taken_address_gets_the_same_answer_and_keeps_its_account(app: TestApp) {
    let register = |email: &'static str, password: &'static str| {
        let app = app.clone();
        async move { app.ask_as(&kernel::Viewer::Anonymous, REGISTER, json!({"email": email, "password": password})).await }
    };
    let first = register("ada@example.org", "correct horse").await;
    let second = register("ada@example.org", "another horse").await;
    assert_eq!(first.data(), second.data());
    assert_eq!(accounts(&app).await, 1);
    // In upper case it is the same address.
    register("ADA@example.org", "another horse").await.data();
    assert_eq!(accounts(&app).await, 1);
    let login =
        "mutation { login(input: {email: \"ada@example.org\", password: \"another horse\"}) { userErrors { code } } }";
    assert_eq!(app.ask(login).await.user_errors(), ["INVALID_CREDENTIALS"]);
}

#[on_both]
async fn one_address_registered_32_times_at_once_is_one_account(app: TestApp) {
    let tasks: Vec<_> = (0..32)
        .map(|n| {
            let app = app.clone();
            tokio::spawn(async move {
                app.ask_from(
                    &format!("192.0.2.{n}"),
                    &kernel::Viewer::Anonymous,
                    REGISTER,
                    json!({"email": "ada@example.org", "password": "correct horse"}),
                )
                .await
            })
        })
        .collect();
    let mut limited = 0;
    for task in tasks {
        let answer = task.await.unwrap();
        match answer.codes()[..] {
            [] => assert!(answer.user_errors().is_empty()),
            // Each would have sent a letter there.
            ["RATE_LIMITED"] => limited += 1,
            _ => panic!("{answer:?}"),
        }
    }
    assert_eq!((accounts(&app).await, limited), (1, 22));
}

#[on_both]
async fn the_command_line_makes_somebody_who_may_do_everything(app: TestApp) {
    let mut tx = app.tx().await;
    let registration = accounts::Registration::new("root@example.org", "correct horse", "Root").unwrap();
    let id = accounts::create_superuser(&mut tx, registration, "hash".into()).await.unwrap();
    let again = accounts::Registration::new("ROOT@example.org", "correct horse", "Root").unwrap();
    let refused = accounts::create_superuser(&mut tx, again, "hash".into()).await.unwrap_err();
    assert_eq!(refused.to_string(), "Somebody has this e-mail address already.");
    let tokens = accounts::sign_in(&mut tx, id, accounts::Device::default()).await.unwrap();
    tx.commit().await.unwrap();
    let person =
        accounts::authenticate(app.db(), &tokens.access, kernel::World::now(&*app.world)).await.unwrap().unwrap();
    assert_eq!(person.permissions, kernel::Permissions::all());
}
