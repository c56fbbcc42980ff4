use std::sync::Arc;

use accounts::{Throttled, throttle, throttling};
use chrono::Duration;
use kernel::{Error, Viewer, World};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use testkit::{Answer, Server, TestApp, on_both};

const LOGIN: &str = "mutation ($email: EmailAddress!, $password: String!) {
  login(input: {email: $email, password: $password}) { outcome { ... on Session { accessToken } } userErrors { code } } }";

async fn register(app: &TestApp, email: &str) -> Answer {
    let query = "mutation ($email: EmailAddress!) { register(input: {email: $email, password: \"correct horse\"}) { userErrors { code } } }";
    app.ask_as(&Viewer::Anonymous, query, json!({"email": email})).await
}

async fn login(app: &TestApp, ip: &str, email: &str, password: &str) -> Answer {
    app.ask_from(ip, &Viewer::Anonymous, LOGIN, json!({"email": email, "password": password})).await
}

/// `Ok`, or how many seconds to wait: what is counted of a login that fails, without the work of hashing.
async fn fail(app: &TestApp, email: &str, ip: &str) -> Result<(), i64> {
    attempt(app, &Throttled::SignIn { email: email.into(), ip: ip.into() }).await
}

async fn attempt(app: &TestApp, what: &Throttled) -> Result<(), i64> {
    let tx = app.tx().await;
    match throttling::reserve(&tx, what).await {
        Ok(()) => {
            tx.commit().await.unwrap();
            Ok(())
        }
        Err(Error::Exhausted { code: "RATE_LIMITED", retry_after: Some(seconds), .. }) => Err(seconds),
        Err(other) => panic!("{other}"),
    }
}

#[track_caller]
fn wait(answer: &Answer) -> i64 {
    assert_eq!(answer.codes(), ["RATE_LIMITED"], "{answer:?}");
    answer.0["errors"][0]["extensions"]["retryAfterSeconds"].as_i64().unwrap()
}

#[track_caller]
fn is_in(answer: &Answer) -> bool {
    answer.at("/login/outcome").is_object()
}

#[on_both]
async fn the_sixth_wrong_password_is_not_even_looked_at(app: TestApp) {
    register(&app, "ada@example.org").await.data();
    // Nobody gets to hash a password here: what is answered at all was answered without.
    let mut idle = app.clone();
    idle.app = Arc::new(gateway::app::App::new(app.db().clone(), app.world.clone(), 0, &app.data).unwrap());
    for email in ["ada@example.org", "nobody@example.org"] {
        for _ in 0..5 {
            assert_eq!(login(&app, "192.0.2.7", email, "wrong horse").await.user_errors(), ["INVALID_CREDENTIALS"]);
        }
        let refused = login(&idle, "192.0.2.7", &email.to_uppercase(), "correct horse").await;
        assert_eq!(wait(&refused), 900, "{email}");
        assert_eq!(refused.0["data"], json!({"login": null}));
    }
    // The owner is elsewhere, and so is not meant.
    assert!(is_in(&login(&app, "192.0.2.8", "ada@example.org", "correct horse").await));
}

#[on_both]
async fn the_wait_falls_with_the_clock_and_ends(app: TestApp) {
    register(&app, "ada@example.org").await.data();
    for _ in 0..5 {
        fail(&app, "ada@example.org", "192.0.2.7").await.unwrap();
        app.world.pass(Duration::minutes(1));
    }
    let again = async || login(&app, "192.0.2.7", "ada@example.org", "correct horse").await;
    assert_eq!(wait(&again().await), 600);
    app.world.pass(Duration::minutes(10) - Duration::microseconds(1));
    assert_eq!(wait(&again().await), 1);
    app.world.pass(Duration::microseconds(1));
    assert!(is_in(&again().await));
}

#[on_both]
async fn who_knows_the_password_begins_anew(app: TestApp) {
    register(&app, "ada@example.org").await.data();
    for _ in 0..4 {
        fail(&app, "ada@example.org", "192.0.2.7").await.unwrap();
    }
    assert!(is_in(&login(&app, "192.0.2.7", "ada@example.org", "correct horse").await));
    for _ in 0..5 {
        fail(&app, "ada@example.org", "192.0.2.7").await.unwrap();
    }
    assert_eq!(fail(&app, "ada@example.org", "192.0.2.7").await, Err(900));
}

#[on_both]
async fn an_address_fails_fifty_times_whoever_it_says_it_is(app: TestApp) {
    register(&app, "ada@example.org").await.data();
    // What succeeds takes none of the fifty.
    assert!(is_in(&login(&app, "2001:db8:0:1::1", "ada@example.org", "correct horse").await));
    for n in 0..50 {
        fail(&app, &format!("{n}@example.org"), &format!("2001:db8:0:1::{n}")).await.unwrap();
    }
    assert_eq!(wait(&login(&app, "2001:db8:0:1::99", "ada@example.org", "correct horse").await), 900);
    assert!(is_in(&login(&app, "2001:db8:0:2::99", "ada@example.org", "correct horse").await));
}

#[on_both]
async fn ten_thousand_failures_lock_no_owner_out(app: TestApp) {
    register(&app, "ada@example.org").await.data();
    assert!(is_in(&login(&app, "198.51.100.1", "ada@example.org", "correct horse").await));
    app.world.pass(Duration::minutes(1));
    let mut tried = 0;
    for n in 0..10_000 {
        tried += i32::from(gets_through(&app, "ada@example.org", &format!("10.0.0.{}", n % 200)).await);
    }
    // From each address once until the siege is known, then twice in all.
    assert_eq!(tried, 400);
    for n in 0..3 {
        let answer = login(&app, "203.0.113.9", "ada@example.org", "wrong horse").await;
        assert_eq!(answer.codes().is_empty(), n < 2, "a stranger gets two tries under siege, also over the API");
    }
    // Where she was signed in before she has all five, and elsewhere two: one is enough.
    for _ in 0..4 {
        let wrong = login(&app, "198.51.100.1", "ada@example.org", "wrong horse").await;
        assert_eq!(wrong.user_errors(), ["INVALID_CREDENTIALS"]);
    }
    assert!(is_in(&login(&app, "198.51.100.1", "ada@example.org", "correct horse").await));
    assert!(is_in(&login(&app, "198.51.100.77", "ada@example.org", "correct horse").await));
}

async fn gets_through(app: &TestApp, email: &str, ip: &str) -> bool {
    let what = Throttled::SignIn { email: email.into(), ip: ip.into() };
    throttling::check(app.db().read(), &what, app.world.now()).await.is_ok() && attempt(app, &what).await.is_ok()
}

#[on_both]
async fn a_siege_of_nobody_looks_like_one_of_somebody(app: TestApp) {
    register(&app, "ada@example.org").await.data();
    let mut told = Vec::new();
    for email in ["ada@example.org", "nobody@example.org"] {
        for n in 0..101 {
            fail(&app, email, &format!("10.{}.0.{n}", told.len())).await.unwrap();
        }
        let tries = [fail(&app, email, "203.0.113.9").await, fail(&app, email, "203.0.113.9").await];
        told.push((tries, fail(&app, email, "203.0.113.9").await));
        assert_eq!(told[told.len() - 1], ([Ok(()), Ok(())], Err(900)));
    }
    app.world.pass(Duration::hours(1));
    for _ in 0..5 {
        fail(&app, "ada@example.org", "203.0.113.10").await.unwrap();
    }
}

#[on_both]
async fn of_32_at_once_five_are_looked_at(app: TestApp) {
    register(&app, "ada@example.org").await.data();
    let tasks: Vec<_> = (0..32)
        .map(|_| {
            let app = app.clone();
            tokio::spawn(async move { login(&app, "192.0.2.7", "ada@example.org", "wrong horse").await })
        })
        .collect();
    let (mut wrong, mut refused) = (0, 0);
    for task in tasks {
        let answer = task.await.unwrap();
        match answer.codes()[..] {
            [] => wrong += 1,
            ["RATE_LIMITED"] => refused += 1,
            _ => panic!("{answer:?}"),
        }
    }
    assert_eq!((wrong, refused), (5, 27));
}

#[on_both]
async fn a_storm_of_refused_logins_writes_nothing(app: TestApp) {
    for _ in 0..5 {
        fail(&app, "ada@example.org", "192.0.2.7").await.unwrap();
    }
    let storm = async {
        for _ in 0..60 {
            wait(&login(&app, "192.0.2.7", "ada@example.org", "wrong horse").await);
        }
    };
    let ((), statements) = app.statements(storm).await;
    assert_eq!(statements.len(), 60);
    assert!(statements.iter().all(|statement| statement.starts_with("SELECT")), "{statements:?}");
}

#[on_both]
async fn other_things_are_limited_too(app: TestApp) {
    for n in 0..20 {
        register(&app, &format!("{n}@example.org")).await.data();
    }
    assert_eq!(wait(&register(&app, "20@example.org").await), 3600);
    // What was refused for what it says took no place.
    let ada = app.student("Ada").await;
    let change = "mutation ($new: String!) { changePassword(input: {currentPassword: \"wrong horse\", newPassword: $new}) { userErrors { code } } }";
    for _ in 0..6 {
        assert_eq!(ada.ask_with(change, json!({"new": "short"})).await.user_errors(), ["PASSWORD_TOO_SHORT"]);
    }
    for _ in 0..5 {
        assert_eq!(ada.ask_with(change, json!({"new": "battery staple"})).await.user_errors(), ["PASSWORD_WRONG"]);
    }
    assert_eq!(wait(&ada.ask_with(change, json!({"new": "battery staple"})).await), 900);
    let (email, ip) = ("ada@example.org".to_string(), "192.0.2.9".to_string());
    for _ in 0..3 {
        attempt(&app, &Throttled::ResetLetter { email: email.clone(), ip: ip.clone() }).await.unwrap();
    }
    let other_kind = Throttled::VerificationLetter { email: email.clone(), ip: ip.clone() };
    attempt(&app, &other_kind).await.unwrap();
    assert_eq!(attempt(&app, &Throttled::ResetLetter { email, ip }).await, Err(3600));
}

/// What is counted at this moment, over all counters.
async fn taken(app: &TestApp) -> i32 {
    #[expect(clippy::disallowed_methods, reason = "counters are nobody's")]
    let rows = throttle::Entity::find().all(app.db().read()).await.unwrap();
    rows.iter().map(|row| row.taken).sum()
}

async fn until_taken(app: &TestApp, is_reached: impl Fn(i32) -> bool) {
    let reached = async {
        while !is_reached(taken(app).await) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), reached).await.expect("the counters stay as they are");
}

#[on_both]
async fn who_hangs_up_with_the_right_password_has_not_failed(app: TestApp) {
    register(&app, "ada@example.org").await.data();
    let at_rest = taken(&app).await;
    let asking = {
        let app = app.clone();
        tokio::spawn(async move { login(&app, "192.0.2.7", "ada@example.org", "correct horse").await })
    };
    until_taken(&app, |taken| taken > at_rest).await;
    asking.abort();
    until_taken(&app, |taken| taken == at_rest).await;
}

#[on_both]
async fn a_password_that_nobody_had_time_for_is_no_failure(app: TestApp) {
    register(&app, "ada@example.org").await.data();
    let at_rest = taken(&app).await;
    let mut busy = gateway::app::App::new(app.db().clone(), app.world.clone(), 0, &app.data).unwrap();
    busy.passwords.longest_wait = std::time::Duration::ZERO;
    let mut there = app.clone();
    there.app = Arc::new(busy);
    // Four failures stay what they are: nobody has shown that they know the password.
    for _ in 0..4 {
        fail(&app, "ada@example.org", "192.0.2.1").await.unwrap();
    }
    for _ in 0..3 {
        assert_eq!(wait(&login(&there, "192.0.2.1", "ada@example.org", "correct horse").await), 5);
        until_taken(&app, |taken| taken == at_rest + 12).await;
    }
    fail(&app, "ada@example.org", "192.0.2.1").await.unwrap();
    assert!(fail(&app, "ada@example.org", "192.0.2.1").await.is_err());
}

#[on_both]
async fn nobody_is_named_and_what_is_over_is_removed(app: TestApp) {
    fail(&app, "ada@example.org", "192.0.2.7").await.unwrap();
    app.world.pass(Duration::minutes(15));
    fail(&app, "eve@example.org", "192.0.2.7").await.unwrap();
    #[expect(clippy::disallowed_methods, reason = "counters are nobody's")]
    let rows = || throttle::Entity::find();
    for row in rows().all(app.db().read()).await.unwrap() {
        assert!(row.key_hash.len() == 64 && row.key_hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{row:?}");
    }
    let tx = app.tx().await;
    // Of Ada the counter of her account is still going.
    assert_eq!(throttling::purge(&tx).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!(rows().count(app.db().read()).await.unwrap(), 4);
    let stranger = kernel::Tx::begin(app.db(), &Viewer::Anonymous, app.world.now(), app.world.clone()).await.unwrap();
    assert!(matches!(throttling::purge(&stranger).await, Err(Error::Denied)));
}

#[on_both]
async fn over_http_a_header_says_when_to_come_back(app: TestApp) {
    let server = Server::start(&app).await;
    for _ in 0..5 {
        fail(&app, "ada@example.org", "127.0.0.1").await.unwrap();
    }
    let body = json!({"query": LOGIN, "variables": {"email": "ada@example.org", "password": "correct horse"}});
    assert_eq!(server.post(&body).await.headers()["retry-after"], "900");
    let other = server.post(&json!({"query": "{ courses { totalCount } }"})).await;
    assert!(!other.headers().contains_key("retry-after"));
    server.stop().await;
}
