use std::sync::Arc;

use accounts::{SecretKey, recovery_code, totp_secret, two_factor, two_factor_challenge, user};
use chrono::Duration;
use gateway::app::App;
use kernel::{Live, Viewer, World};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};
use testkit::{Answer, TestApp, on_both};
use totp_rs::{Builder, Secret};

const LOGIN: &str = "mutation { login(input: {email: \"ada@example.org\", password: \"correct horse\"}) {
  outcome { __typename ... on Session { accessToken } ... on TwoFactorChallenge { challengeToken expiresAt } } userErrors { code } } }";
const COMPLETE: &str = "mutation ($token: String!, $code: String!) {
  completeTwoFactor(input: {challengeToken: $token, code: $code}) { session { accessToken user { email } } userErrors { code field } } }";
const START: &str = "mutation ($password: String!) { startTotp(input: {password: $password}) { secret uri userErrors { code field } } }";
const CONFIRM: &str = "mutation ($code: String!) { confirmTotp(input: {code: $code}) { user { twoFactorEnabled } recoveryCodes userErrors { code field } } }";
const DISABLE: &str =
    "mutation ($password: String!, $code: String!) { disableTotp(input: {password: $password, code: $code}) {
  user { twoFactorEnabled } userErrors { code field } } }";
const REGENERATE: &str = "mutation ($password: String!, $code: String!) {
  regenerateRecoveryCodes(input: {password: $password, code: $code}) { recoveryCodes userErrors { code field } } }";

/// Somebody with a password who is signed in.
struct Ada {
    app: TestApp,
    viewer: Viewer,
}

/// The same with two factors: what her app knows, and what she wrote down.
struct Secured {
    ada: Ada,
    secret: String,
    recovery_codes: Vec<String>,
}

impl Ada {
    async fn new(app: &TestApp, is_verified: bool) -> Self {
        let register = "mutation { register(input: {email: \"ada@example.org\", password: \"correct horse\"}) { userErrors { code } } }";
        assert!(app.ask(register).await.user_errors().is_empty());
        set_verified(app, is_verified).await;
        let token = app.ask(LOGIN).await.at("/login/outcome/accessToken").as_str().unwrap().to_string();
        Self { app: app.clone(), viewer: viewer(app, &token).await.unwrap() }
    }

    async fn ask(&self, query: &str, variables: Value) -> Answer {
        self.app.ask_as(&self.viewer, query, variables).await
    }

    async fn start(&self) -> String {
        let started = self.ask(START, json!({"password": "correct horse"})).await;
        started.at("/startTotp/secret").as_str().unwrap_or_else(|| panic!("{started:?}")).to_string()
    }

    async fn confirm(&self, code: &str) -> Answer {
        self.ask(CONFIRM, json!({"code": code})).await
    }
}

impl Secured {
    async fn new(app: &TestApp) -> Self {
        let ada = Ada::new(app, true).await;
        let secret = ada.start().await;
        let confirmed = ada.confirm(&code(app, &secret)).await;
        assert_eq!(confirmed.user_errors(), [""; 0]);
        let recovery_codes = strings(confirmed.at("/confirmTotp/recoveryCodes"));
        // The code of this half minute is used up.
        app.world.pass(Duration::seconds(30));
        Self { ada, secret, recovery_codes }
    }

    fn code(&self) -> String {
        code(&self.ada.app, &self.secret)
    }

    async fn challenge(&self) -> String {
        challenge(&self.ada.app).await
    }

    async fn complete(&self, token: &str, code: &str) -> Answer {
        complete(&self.ada.app, token, code).await
    }
}

async fn challenge(app: &TestApp) -> String {
    let answer = app.ask(LOGIN).await;
    answer.at("/login/outcome/challengeToken").as_str().unwrap_or_else(|| panic!("{answer:?}")).to_string()
}

async fn complete(app: &TestApp, token: &str, code: &str) -> Answer {
    app.ask_as(&Viewer::Anonymous, COMPLETE, json!({"token": token, "code": code})).await
}

async fn viewer(app: &TestApp, token: &str) -> Option<Viewer> {
    let found = accounts::authenticate(app.db(), token, app.world.now()).await.unwrap();
    found.map(|person| Viewer::User(Arc::new(person)))
}

/// What an authenticator app with this secret shows at this moment.
pub fn code(app: &TestApp, secret: &str) -> String {
    let totp = Builder::new().with_secret(Secret::try_from_base32(secret).unwrap()).build().unwrap();
    totp.generate(app.world.now().timestamp().unsigned_abs()).to_string()
}

/// A code that no step near this one has.
fn wrong(app: &TestApp, secret: &str) -> String {
    let totp = Builder::new().with_secret(Secret::try_from_base32(secret).unwrap()).build().unwrap();
    let now = app.world.now().timestamp().unsigned_abs();
    let is_wrong = |code: &String| totp.check(code, now).is_none();
    (0..4).map(|n| format!("00000{n}")).find(is_wrong).unwrap()
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_string()).collect()
}

#[expect(clippy::disallowed_methods, reason = "without the letter that says how")]
async fn set_verified(app: &TestApp, is_verified: bool) {
    let set = user::Entity::update_many().col_expr(user::Column::EmailVerified, Expr::val(is_verified));
    set.exec(app.db().write()).await.unwrap();
}

fn is_in(answer: &Answer) -> bool {
    answer.at("/completeTwoFactor/session").is_object()
}

/// Somebody about to do this, and the document, for the sweep of what is recorded.
pub async fn about_to(app: TestApp, mutation: &str) -> (Viewer, String) {
    let document = |input: String| format!("mutation {{ {mutation}(input: {{{input}}}) {{ userErrors {{ code }} }} }}");
    if mutation == "confirmTotp" {
        let ada = Ada::new(&app, true).await;
        let secret = ada.start().await;
        return (ada.viewer, document(format!("code: \"{}\"", code(&app, &secret))));
    }
    if mutation == "startTotp" {
        return (Ada::new(&app, true).await.viewer, document("password: \"correct horse\"".into()));
    }
    let ada = Secured::new(&app).await;
    if mutation == "completeTwoFactor" {
        let challenge = ada.challenge().await;
        let input = format!("challengeToken: \"{challenge}\", code: \"{}\"", ada.code());
        return (Viewer::Anonymous, document(input));
    }
    let input = format!("password: \"correct horse\", code: \"{}\"", ada.code());
    (ada.ada.viewer, document(input))
}

#[on_both]
async fn turning_it_on_takes_the_password_a_verified_address_and_a_code(app: TestApp) {
    let ada = Ada::new(&app, false).await;
    let wrong_password = ada.ask(START, json!({"password": "wrong horse"})).await;
    assert_eq!(wrong_password.user_errors(), ["PASSWORD_WRONG"]);
    let unverified = ada.ask(START, json!({"password": "correct horse"})).await;
    assert_eq!(unverified.user_errors(), ["EMAIL_NOT_VERIFIED"]);
    set_verified(&app, true).await;
    assert_eq!(ada.confirm("123456").await.user_errors(), ["TWO_FACTOR_NOT_STARTED"]);
    let first = ada.start().await;
    let started = ada.ask(START, json!({"password": "correct horse"})).await;
    let secret = started.at("/startTotp/secret").as_str().unwrap();
    let uri = format!("otpauth://totp/Lectern:ada%40example.org?secret={secret}&issuer=Lectern");
    assert_eq!(started.at("/startTotp/uri"), &json!(uri));
    // Nothing is on yet, and the first secret is replaced.
    let other = app.ask(LOGIN).await.at("/login/outcome/accessToken").as_str().unwrap().to_string();
    assert_eq!(ada.confirm(&code(&app, &first)).await.user_errors(), ["TWO_FACTOR_CODE_WRONG"]);
    assert_eq!(ada.confirm("abc").await.user_errors(), ["TWO_FACTOR_CODE_WRONG"]);
    let confirmed = ada.confirm(&code(&app, secret)).await;
    assert_eq!(confirmed.at("/confirmTotp/user/twoFactorEnabled"), true);
    let codes = strings(confirmed.at("/confirmTotp/recoveryCodes"));
    assert_eq!(codes.len(), 10);
    // 80 bits: four letters of five bits in each of four groups.
    assert!(codes.iter().all(|code| code.split('-').map(str::len).eq([4; 4])), "{codes:?}");
    assert!(viewer(&app, &other).await.is_none(), "the other session began with less");
    assert!(ada.ask("{ me { email } }", json!({})).await.codes().is_empty());
    let again = ada.ask(START, json!({"password": "correct horse"})).await;
    assert_eq!(again.user_errors(), ["TWO_FACTOR_ALREADY_ON"]);
    assert_eq!(ada.confirm(&code(&app, secret)).await.user_errors(), ["TWO_FACTOR_ALREADY_ON"]);
}

#[on_both]
async fn a_password_alone_leads_to_a_challenge_and_no_session(app: TestApp) {
    let ada = Secured::new(&app).await;
    let sessions = async || accounts::user_session::Entity::live().count(app.db().read()).await.unwrap();
    let before = sessions().await;
    let answer = app.ask(LOGIN).await;
    let outcome = answer.at("/login/outcome");
    assert_eq!(outcome["__typename"], "TwoFactorChallenge");
    assert_eq!(outcome["expiresAt"], (app.world.now() + Duration::minutes(5)).to_rfc3339());
    let token = outcome["challengeToken"].as_str().unwrap();
    assert!(token.starts_with("lectern_challenge_") && viewer(&app, token).await.is_none());
    let stored = two_factor_challenge::Entity::live().one(app.db().read()).await.unwrap().unwrap();
    assert_eq!(stored.token_hash, accounts::token_hash(token));
    assert_eq!(sessions().await, before);
    let wrong = ada.complete(token, &wrong(&app, &ada.secret)).await;
    let error = json!([{"code": "TWO_FACTOR_CODE_WRONG", "field": ["input", "code"]}]);
    assert_eq!(wrong.data(), &json!({"completeTwoFactor": {"session": null, "userErrors": error}}));
    let code = ada.code();
    let done = ada.complete(token, &code).await;
    assert_eq!(done.at("/completeTwoFactor/session/user/email"), "ada@example.org");
    assert!(viewer(&app, done.at("/completeTwoFactor/session/accessToken").as_str().unwrap()).await.is_some());
    assert_eq!(sessions().await, before + 1);
    app.world.pass(Duration::seconds(30));
    assert_eq!(ada.complete(token, &ada.code()).await.user_errors(), ["CHALLENGE_INVALID"]);
    let wrong_password = LOGIN.replace("correct", "wrong");
    assert_eq!(app.ask(&wrong_password).await.user_errors(), ["INVALID_CREDENTIALS"]);
}

#[on_both]
async fn a_code_works_once_and_half_a_minute_early_or_late(app: TestApp) {
    let ada = Secured::new(&app).await;
    let (before, now) = (ada.code(), async |code: &str| ada.complete(&ada.challenge().await, code).await);
    app.world.pass(Duration::seconds(30));
    // Late by one step; then the same again; then in time; then what is older than the newest used.
    assert!(is_in(&now(&before).await));
    assert_eq!(now(&before).await.user_errors(), ["TWO_FACTOR_CODE_WRONG"]);
    let current = ada.code();
    assert!(is_in(&now(&current).await));
    assert_eq!(now(&before).await.user_errors(), ["TWO_FACTOR_CODE_WRONG"]);
    app.world.pass(Duration::seconds(60));
    let early = ada.code();
    app.world.pass(Duration::seconds(-30));
    assert!(is_in(&now(&early).await), "her clock is half a minute ahead");
    app.world.pass(Duration::seconds(60));
    let old = ada.code();
    app.world.pass(Duration::seconds(60));
    assert_eq!(now(&old).await.user_errors(), ["TWO_FACTOR_CODE_WRONG"]);
}

#[on_both]
async fn a_challenge_ends_by_time_by_wrong_codes_and_with_the_password(app: TestApp) {
    let ada = Secured::new(&app).await;
    for token in ["", "lectern_challenge_x", ada.ada.viewer.session().map(|_| "nonsense").unwrap()] {
        assert_eq!(ada.complete(token, &ada.code()).await.user_errors(), ["CHALLENGE_INVALID"], "{token}");
    }
    let token = ada.challenge().await;
    app.world.pass(Duration::minutes(5));
    assert_eq!(ada.complete(&token, &ada.code()).await.user_errors(), ["CHALLENGE_INVALID"]);
    let token = ada.challenge().await;
    for _ in 0..5 {
        let wrong = ada.complete(&token, &wrong(&app, &ada.secret)).await;
        assert_eq!(wrong.user_errors(), ["TWO_FACTOR_CODE_WRONG"]);
    }
    assert_eq!(ada.complete(&token, &ada.code()).await.user_errors(), ["CHALLENGE_INVALID"]);
    let token = ada.challenge().await;
    let change = "mutation { changePassword(input: {currentPassword: \"correct horse\", newPassword: \"battery staple\"}) { userErrors { code } } }";
    // The access token of her session has expired by now; what she does by it is done by the viewer.
    assert!(ada.ada.ask(change, json!({})).await.user_errors().is_empty());
    assert_eq!(ada.complete(&token, &ada.code()).await.user_errors(), ["CHALLENGE_INVALID"]);
}

#[on_both]
async fn a_suspension_ends_the_challenges(app: TestApp) {
    let (root, ada) = (app.admin("Root").await, Secured::new(&app).await);
    let token = ada.challenge().await;
    let id = ada.ada.viewer.id().map(kernel::EntityId::to_wire).unwrap();
    for change in ["suspendUser(input: {userId: $id, reason: \"Spam.\"})", "reactivateUser(input: {userId: $id})"] {
        let query = format!("mutation ($id: ID!) {{ {change} {{ userErrors {{ code }} }} }}");
        assert!(root.ask_with(&query, json!({"id": id})).await.user_errors().is_empty());
        assert_eq!(ada.complete(&token, &ada.code()).await.user_errors(), ["CHALLENGE_INVALID"]);
    }
}

#[on_both]
async fn ten_wrong_codes_are_enough_for_a_quarter_of_an_hour(app: TestApp) {
    let ada = Secured::new(&app).await;
    for _ in 0..2 {
        let token = ada.challenge().await;
        for _ in 0..5 {
            ada.complete(&token, &wrong(&app, &ada.secret)).await.data();
        }
    }
    let refused = ada.complete(&ada.challenge().await, &ada.code()).await;
    assert_eq!(refused.codes(), ["RATE_LIMITED"]);
    assert_eq!(refused.0["errors"][0]["extensions"]["retryAfterSeconds"], 900);
    // Within a session they are counted by themselves.
    let disable = async |code: String| ada.ada.ask(DISABLE, json!({"password": "correct horse", "code": code})).await;
    for _ in 0..10 {
        assert_eq!(disable(wrong(&app, &ada.secret)).await.user_errors(), ["TWO_FACTOR_CODE_WRONG"]);
    }
    assert_eq!(disable(ada.code()).await.codes(), ["RATE_LIMITED"]);
    app.world.pass(Duration::minutes(15));
    assert!(is_in(&ada.complete(&ada.challenge().await, &ada.code()).await));
}

/// Whoever has stolen a session can't keep its owner from signing in.
#[on_both]
async fn codes_shown_within_a_session_are_not_counted_against_signing_in(app: TestApp) {
    let ada = Secured::new(&app).await;
    for _ in 0..11 {
        // Not looked at, so no guess.
        assert_eq!(ada.ada.confirm("000000").await.user_errors(), ["TWO_FACTOR_ALREADY_ON"]);
    }
    let disable = json!({"password": "correct horse", "code": wrong(&app, &ada.secret)});
    for _ in 0..10 {
        assert_eq!(ada.ada.ask(DISABLE, disable.clone()).await.user_errors(), ["TWO_FACTOR_CODE_WRONG"]);
    }
    assert_eq!(ada.ada.ask(DISABLE, disable).await.codes(), ["RATE_LIMITED"]);
    assert!(is_in(&ada.complete(&ada.challenge().await, &ada.code()).await));
}

#[on_both]
async fn of_32_at_once_one_gets_the_session(app: TestApp) {
    let ada = Secured::new(&app).await;
    for code in [ada.code(), ada.recovery_codes[0].clone()] {
        let token = ada.challenge().await;
        let tasks: Vec<_> = (0..32)
            .map(|_| {
                let (app, token, code) = (app.clone(), token.clone(), code.clone());
                tokio::spawn(async move { complete(&app, &token, &code).await })
            })
            .collect();
        let mut winners = 0;
        for task in tasks {
            let answer = task.await.unwrap();
            winners += i32::from(is_in(&answer));
            assert!(is_in(&answer) || answer.user_errors() == ["CHALLENGE_INVALID"], "{answer:?}");
        }
        assert_eq!(winners, 1);
    }
}

#[on_both]
async fn a_recovery_code_works_once_however_it_is_typed(app: TestApp) {
    let ada = Secured::new(&app).await;
    let sloppy = ada.recovery_codes[0].to_uppercase().replace('-', " ").replace('0', "O").replace('1', "l");
    assert!(is_in(&ada.complete(&ada.challenge().await, &sloppy).await));
    let again = ada.complete(&ada.challenge().await, &ada.recovery_codes[0]).await;
    assert_eq!(again.user_errors(), ["TWO_FACTOR_CODE_WRONG"]);
    let rows = recovery_code::Entity::live().all(app.db().read()).await.unwrap();
    assert!(rows.iter().all(|row| row.code_hash.len() == 64 && !ada.recovery_codes.contains(&row.code_hash)));
    assert_eq!(rows.iter().filter(|row| row.used_at.is_some()).count(), 1);

    let both = |password: &str, code: &str| json!({"password": password, "code": code});
    let wrong = ada.ada.ask(REGENERATE, both("wrong horse", &ada.recovery_codes[1])).await;
    assert_eq!(wrong.user_errors(), ["PASSWORD_WRONG"]);
    let wrong = ada.ada.ask(REGENERATE, both("correct horse", "00000-00000")).await;
    assert_eq!(wrong.user_errors(), ["TWO_FACTOR_CODE_WRONG"]);
    let new = ada.ada.ask(REGENERATE, both("correct horse", &ada.recovery_codes[1])).await;
    let new = strings(new.at("/regenerateRecoveryCodes/recoveryCodes"));
    assert_eq!(new.len(), 10);
    let old = ada.complete(&ada.challenge().await, &ada.recovery_codes[2]).await;
    assert_eq!(old.user_errors(), ["TWO_FACTOR_CODE_WRONG"]);
    assert!(is_in(&ada.complete(&ada.challenge().await, &new[9]).await));
}

#[on_both]
async fn turning_it_off_takes_both_factors_and_leaves_nothing(app: TestApp) {
    let ada = Secured::new(&app).await;
    let off =
        async |password: &str, code: &str| ada.ada.ask(DISABLE, json!({"password": password, "code": code})).await;
    let waiting = ada.challenge().await;
    assert_eq!(off("wrong horse", &ada.code()).await.user_errors(), ["PASSWORD_WRONG"]);
    assert_eq!(off("correct horse", &wrong(&app, &ada.secret)).await.user_errors(), ["TWO_FACTOR_CODE_WRONG"]);
    assert_eq!(app.ask(LOGIN).await.at("/login/outcome/__typename"), "TwoFactorChallenge");
    assert_eq!(off("correct horse", &ada.code()).await.at("/disableTotp/user/twoFactorEnabled"), false);
    assert_eq!(app.ask(LOGIN).await.at("/login/outcome/__typename"), "Session");
    assert_eq!(ada.complete(&waiting, &ada.recovery_codes[0]).await.user_errors(), ["CHALLENGE_INVALID"]);
    assert_eq!(off("correct horse", "123456").await.user_errors(), ["TWO_FACTOR_OFF"]);
    let again = ada.ada.ask(REGENERATE, json!({"password": "correct horse", "code": "123456"})).await;
    assert_eq!(again.user_errors(), ["TWO_FACTOR_OFF"]);
    let db = app.db().read();
    #[expect(clippy::disallowed_methods, reason = "deleted rows would be something left, too")]
    let left =
        (totp_secret::Entity::find().count(db).await.unwrap(), recovery_code::Entity::find().count(db).await.unwrap());
    assert_eq!(left, (0, 0));
}

/// The same database with another key, or none.
async fn with_key(app: &TestApp, key: Option<SecretKey>) -> TestApp {
    let mut other = App::new(app.db().clone(), app.world.clone(), 2, &app.data).unwrap();
    other.secret_key = key;
    let mut app = app.clone();
    app.app = Arc::new(other);
    app
}

#[on_both]
async fn the_secret_is_sealed_for_its_account_and_with_the_key(app: TestApp) {
    let ada = Secured::new(&app).await;
    let stored = totp_secret::Entity::live().one(app.db().read()).await.unwrap().unwrap();
    assert!(!stored.secret.contains(&ada.secret));
    let key = app.app.secret_key.clone().unwrap();
    assert_eq!(
        key.open(stored.user_id, &stored.secret).unwrap(),
        Secret::try_from_base32(&ada.secret).unwrap().as_ref()
    );
    let somebody_else = app.student("Eve").await.id;
    assert!(key.open(somebody_else, &stored.secret).is_err());
    assert!(key.open(stored.user_id, "AAAA").is_err());
    two_factor::check_key(app.db(), &key).await.unwrap();

    let wrong = SecretKey::generate(&*app.world).unwrap();
    let said = two_factor::check_key(app.db(), &wrong).await.unwrap_err().to_string();
    assert!(said.contains("secret key"), "{said}");
    for key in [Some(wrong), None] {
        let app = with_key(&app, key).await;
        let answer = complete(&app, &challenge(&app).await, &ada.code()).await;
        assert_eq!(answer.codes(), ["INTERNAL_SERVER_ERROR"]);
    }
    assert!(is_in(&ada.complete(&ada.challenge().await, &ada.code()).await));
}

#[on_both]
async fn what_is_over_is_removed(app: TestApp) {
    let ada = Secured::new(&app).await;
    ada.challenge().await;
    app.world.pass(Duration::minutes(1));
    ada.challenge().await;
    app.world.pass(Duration::minutes(4));
    let tx = app.tx().await;
    assert_eq!(two_factor::purge(&tx).await.unwrap(), 1);
    tx.commit().await.unwrap();
    let left = two_factor_challenge::Entity::live().filter(two_factor_challenge::Column::ExpiresAt.gt(app.world.now()));
    assert_eq!(left.count(app.db().read()).await.unwrap(), 1);
}
