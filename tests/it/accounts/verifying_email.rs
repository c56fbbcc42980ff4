use chrono::Duration;
use kernel::Viewer;
use serde_json::json;
use testkit::{Answer, TestApp, on_both};

async fn register(app: &TestApp, email: &str) -> Answer {
    let register = "mutation ($email: EmailAddress!) { register(input: {email: $email, password: \"tin drum rolling\", fullName: \"Ada\"}) { email userErrors { code } } }";
    app.ask_as(&Viewer::Anonymous, register, json!({"email": email})).await
}

async fn verify(app: &TestApp, token: &str) -> Answer {
    let verify =
        "mutation ($token: String!) { verifyEmail(input: {token: $token}) { email userErrors { code field } } }";
    app.ask_as(&Viewer::Anonymous, verify, json!({"token": token})).await
}

async fn resend(app: &TestApp, email: &str) -> Answer {
    let resend =
        "mutation ($email: EmailAddress!) { resendVerification(input: {email: $email}) { email userErrors { code } } }";
    app.ask_as(&Viewer::Anonymous, resend, json!({"email": email})).await
}

#[on_both]
async fn the_letter_of_a_registration_shows_that_the_address_is_theirs(app: TestApp) {
    register(&app, "Ada@Example.org").await;
    let letters = app.letters().await;
    assert_eq!(letters.len(), 1);
    assert_eq!((letters[0].to.as_str(), letters[0].path()), ("Ada@Example.org", "/verify-email"));
    let answer = verify(&app, letters[0].token()).await;
    assert_eq!(*answer.data(), json!({"verifyEmail": {"email": "Ada@Example.org", "userErrors": []}}));
    // It works once.
    let again = verify(&app, letters[0].token()).await;
    let refused =
        json!({"verifyEmail": {"email": null, "userErrors": [{"code": "TOKEN_INVALID", "field": ["input", "token"]}]}});
    assert_eq!(*again.data(), refused);
    let login = "mutation { login(input: {email: \"ada@example.org\", password: \"tin drum rolling\"}) { outcome { ... on Session { user { emailVerified } } } userErrors { code } } }";
    assert_eq!(app.ask(login).await.at("/login/outcome/user/emailVerified"), true);
}

#[on_both]
async fn tokens_expire_and_are_good_for_one_thing_only(app: TestApp) {
    register(&app, "ada@example.org").await;
    let letters = app.letters().await;
    let reset = "mutation ($token: String!) { resetPassword(input: {token: $token, newPassword: \"another tin drum\"}) { userErrors { code } } }";
    let misused = app.ask_as(&Viewer::Anonymous, reset, json!({"token": letters[0].token()})).await;
    assert_eq!(misused.user_errors(), ["TOKEN_INVALID"]);
    app.world.pass(Duration::hours(24));
    assert_eq!(verify(&app, letters[0].token()).await.user_errors(), ["TOKEN_INVALID"]);
    for unknown in ["", "lectern_once_nonsense"] {
        assert_eq!(verify(&app, unknown).await.user_errors(), ["TOKEN_INVALID"]);
    }
}

#[on_both]
async fn an_address_with_an_account_gets_another_letter_and_the_same_answer(app: TestApp) {
    let new = register(&app, "ada@example.org").await;
    app.letters().await;
    let taken = register(&app, "ada@example.org").await;
    assert_eq!(new.data(), taken.data());
    let letters = app.letters().await;
    assert_eq!(letters.len(), 1);
    assert_eq!((letters[0].to.as_str(), letters[0].path()), ("ada@example.org", "/reset-password"));
    assert!(letters[0].text.contains("already"), "{}", letters[0].text);
}

#[on_both]
async fn the_letter_comes_again_to_those_who_need_it_and_the_answer_does_not_tell(app: TestApp) {
    register(&app, "ada@example.org").await;
    let first = app.letters().await;
    for unknown in ["nobody@example.org", "ada@example.org"] {
        assert_eq!(
            resend(&app, unknown).await.0["data"]["resendVerification"],
            json!({"email": unknown, "userErrors": []})
        );
    }
    let second = app.letters().await;
    assert_eq!(second.len(), 1);
    // The first letter may come later than the second.
    verify(&app, first[0].token()).await.at("/verifyEmail/email");
    assert_eq!(verify(&app, second[0].token()).await.user_errors(), ["TOKEN_INVALID"]);
    resend(&app, "ada@example.org").await;
    assert_eq!(app.letters().await.len(), 0);
    assert_eq!(resend(&app, "no address").await.user_errors(), ["EMAIL_INVALID"]);
}

#[on_both]
async fn of_many_at_once_one_uses_the_token(app: TestApp) {
    register(&app, "ada@example.org").await;
    let token = app.letters().await[0].token().to_string();
    let tasks: Vec<_> = (0..32)
        .map(|_| {
            let (app, token) = (app.clone(), token.clone());
            tokio::spawn(async move { verify(&app, &token).await })
        })
        .collect();
    let mut winners = 0;
    for task in tasks {
        let answer = task.await.unwrap();
        winners += usize::from(answer.user_errors().is_empty());
    }
    assert_eq!(winners, 1);
}
