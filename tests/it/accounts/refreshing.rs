use chrono::Duration;
use kernel::{Viewer, World};
use serde_json::json;
use testkit::{Answer, TestApp, on_both};

const REFRESH: &str = "mutation ($token: String!) { refreshSession(input: {refreshToken: $token}) {
  session { accessToken refreshToken user { email } } userErrors { code field } } }";

async fn refresh(app: &TestApp, token: &str) -> Answer {
    app.ask_as(&Viewer::Anonymous, REFRESH, json!({"token": token})).await
}

fn token(answer: &Answer, name: &str) -> String {
    answer.at(&format!("/refreshSession/session/{name}")).as_str().unwrap().to_string()
}

async fn is_good(app: &TestApp, access: &str) -> bool {
    accounts::authenticate(app.db(), access, app.world.now()).await.unwrap().is_some()
}

#[on_both]
async fn new_tokens_replace_the_old(app: TestApp) {
    let ada = app.student("Ada").await;
    app.world.pass(Duration::minutes(20));
    assert!(!is_good(&app, &ada.tokens.access).await);
    let answer = refresh(&app, &ada.tokens.refresh).await;
    assert_eq!(answer.at("/refreshSession/session/user/email"), "ada@example.org");
    assert!(is_good(&app, &token(&answer, "accessToken")).await);
    assert_ne!(token(&answer, "refreshToken"), ada.tokens.refresh);
}

#[on_both]
async fn a_reused_token_ends_the_session(app: TestApp) {
    let ada = app.student("Ada").await;
    let first = refresh(&app, &ada.tokens.refresh).await;
    let second = refresh(&app, &token(&first, "refreshToken")).await;
    app.world.pass(Duration::seconds(11));
    // A token two generations old counts, too.
    let stolen = refresh(&app, &ada.tokens.refresh).await;
    assert_eq!(stolen.user_errors(), ["REFRESH_TOKEN_INVALID"]);
    assert!(!is_good(&app, &token(&second, "accessToken")).await);
    assert_eq!(refresh(&app, &token(&second, "refreshToken")).await.user_errors(), ["REFRESH_TOKEN_INVALID"]);
}

#[on_both]
async fn a_double_sent_refresh_is_forgiven(app: TestApp) {
    let ada = app.student("Ada").await;
    let first = refresh(&app, &ada.tokens.refresh).await;
    assert_eq!(refresh(&app, &ada.tokens.refresh).await.user_errors(), ["REFRESH_TOKEN_JUST_USED"]);
    assert!(is_good(&app, &token(&first, "accessToken")).await);
    // There is nothing to go on with when the session has ended.
    let viewer = app.viewer_of(&token(&first, "accessToken")).await.unwrap();
    app.ask_as(&viewer, "mutation { logout { userErrors { code } } }", json!({})).await.data();
    assert_eq!(refresh(&app, &ada.tokens.refresh).await.user_errors(), ["REFRESH_TOKEN_INVALID"]);
}

#[on_both]
async fn unknown_expired_and_access_tokens_do_not_refresh(app: TestApp) {
    let ada = app.student("Ada").await;
    for bad in ["", "nonsense", ada.tokens.access.as_str()] {
        assert_eq!(refresh(&app, bad).await.user_errors(), ["REFRESH_TOKEN_INVALID"], "{bad}");
    }
    app.world.pass(Duration::days(30));
    assert_eq!(refresh(&app, &ada.tokens.refresh).await.user_errors(), ["REFRESH_TOKEN_INVALID"]);
}

#[on_both]
async fn of_32_refreshes_at_once_one_wins_and_the_session_lives(app: TestApp) {
    let ada = app.student("Ada").await;
    let tasks: Vec<_> = (0..32)
        .map(|_| {
            let (app, token) = (app.clone(), ada.tokens.refresh.clone());
            tokio::spawn(async move { refresh(&app, &token).await })
        })
        .collect();
    let mut winners = Vec::new();
    for task in tasks {
        let answer = task.await.unwrap();
        if answer.user_errors().is_empty() {
            winners.push(token(&answer, "accessToken"));
        } else {
            assert_eq!(answer.user_errors(), ["REFRESH_TOKEN_JUST_USED"]);
        }
    }
    assert_eq!(winners.len(), 1);
    assert!(is_good(&app, &winners[0]).await);
}
