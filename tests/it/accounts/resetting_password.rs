use chrono::Duration;
use kernel::{Viewer, World};
use serde_json::json;
use testkit::{Answer, TestApp, on_both};

async fn request(app: &TestApp, email: &str) -> Answer {
    let request = "mutation ($email: EmailAddress!) { requestPasswordReset(input: {email: $email}) { email userErrors { code } } }";
    app.ask_as(&Viewer::Anonymous, request, json!({"email": email})).await
}

async fn reset(app: &TestApp, token: &str, password: &str) -> Answer {
    let reset = "mutation ($token: String!, $password: String!) { resetPassword(input: {token: $token, newPassword: $password}) { email userErrors { code field } } }";
    app.ask_as(&Viewer::Anonymous, reset, json!({"token": token, "password": password})).await
}

async fn login(app: &TestApp, password: &str) -> Answer {
    let login = "mutation ($password: String!) { login(input: {email: \"ada@example.org\", password: $password}) { outcome { __typename } userErrors { code } } }";
    app.ask_as(&Viewer::Anonymous, login, json!({"password": password})).await
}

#[on_both]
async fn a_new_password_by_letter_ends_all_sessions(app: TestApp) {
    let ada = app.student("Ada").await;
    app.letters().await;
    let answer = request(&app, "ADA@example.org").await;
    assert_eq!(*answer.data(), json!({"requestPasswordReset": {"email": "ADA@example.org", "userErrors": []}}));
    let letters = app.letters().await;
    assert_eq!((letters[0].to.as_str(), letters[0].path()), ("ada@example.org", "/reset-password"));
    let answer = reset(&app, letters[0].token(), "a quite new password").await;
    assert_eq!(*answer.data(), json!({"resetPassword": {"email": "ada@example.org", "userErrors": []}}));
    let now = app.world.now();
    assert!(accounts::authenticate(app.db(), &ada.tokens.access, now).await.unwrap().is_none());
    assert_eq!(login(&app, "correct horse").await.user_errors(), ["INVALID_CREDENTIALS"]);
    assert_eq!(login(&app, "a quite new password").await.at("/login/outcome/__typename"), "Session");
    let letters = app.letters().await;
    assert_eq!(letters.len(), 1);
    assert!(letters[0].text.contains("password"), "{}", letters[0].text);
}

#[on_both]
async fn a_refused_password_does_not_use_the_token_up(app: TestApp) {
    app.student("Ada").await;
    app.letters().await;
    request(&app, "ada@example.org").await;
    let letters = app.letters().await;
    let token = letters[0].token();
    for (bad, code) in [
        ("short", "PASSWORD_TOO_SHORT"),
        ("password1", "PASSWORD_COMMON"),
        ("PassWord1", "PASSWORD_COMMON"),
        ("ada@example.org", "PASSWORD_PERSONAL"),
    ] {
        assert_eq!(reset(&app, token, bad).await.user_errors(), [code], "{bad}");
    }
    reset(&app, token, "a quite new password").await.at("/resetPassword/email").as_str().unwrap();
    assert_eq!(reset(&app, token, "a quite new password").await.user_errors(), ["TOKEN_INVALID"]);
}

#[on_both]
async fn nobody_and_the_suspended_get_no_letter_but_the_same_answer(app: TestApp) {
    app.student("Ada").await;
    app.letters().await;
    suspend(&app, "ada@example.org").await;
    for email in ["nobody@example.org", "ada@example.org"] {
        let answer = request(&app, email).await;
        assert_eq!(*answer.data(), json!({"requestPasswordReset": {"email": email, "userErrors": []}}));
    }
    assert_eq!(app.letters().await.len(), 0);
}

#[on_both]
async fn the_link_is_good_for_an_hour(app: TestApp) {
    app.student("Ada").await;
    app.letters().await;
    request(&app, "ada@example.org").await;
    let letters = app.letters().await;
    app.world.pass(Duration::minutes(60));
    assert_eq!(reset(&app, letters[0].token(), "a quite new password").await.user_errors(), ["TOKEN_INVALID"]);
}

/// Only the hash of a token is stored, and nowhere the token itself.
#[on_both]
async fn no_table_holds_the_token(app: TestApp) {
    app.student("Ada").await;
    request(&app, "ada@example.org").await;
    let letters = app.letters().await;
    let token = letters.last().unwrap().token();
    let dump = crate::dump::dump(&app).await;
    assert!(!dump.contains(token));
    assert!(dump.contains(&accounts::token_hash(token)));
}

async fn suspend(app: &TestApp, email: &str) {
    use sea_orm::ConnectionTrait;
    let suspend = format!("UPDATE users SET status = 'suspended' WHERE email_key = '{email}'");
    app.db().write().execute_unprepared(&suspend).await.unwrap();
}
