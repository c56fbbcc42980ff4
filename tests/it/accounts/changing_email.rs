use chrono::Duration;
use kernel::{Viewer, World};
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

/// Somebody with a password that fits.
async fn somebody(app: &TestApp, name: &str) -> Person {
    let person = app.student(name).await;
    let hash = app.app.passwords.hash("tin drum rolling".into()).await.unwrap();
    app.sets_password(&person, hash).await;
    app.letters().await;
    person
}

async fn request(person: &Person, email: &str, password: &str) -> Answer {
    let request = "mutation ($email: EmailAddress!, $password: String!) { requestEmailChange(input: {email: $email, password: $password}) { email userErrors { code field } } }";
    person.ask_with(request, json!({"email": email, "password": password})).await
}

async fn by_token(app: &TestApp, mutation: &str, token: &str) -> Answer {
    let text = format!(
        "mutation ($token: String!) {{ {mutation}(input: {{token: $token}}) {{ email userErrors {{ code }} }} }}"
    );
    app.ask_as(&Viewer::Anonymous, &text, json!({"token": token})).await
}

async fn email(person: &Person) -> String {
    person.ask("{ me { email } }").await.at("/me/email").as_str().unwrap().to_string()
}

#[on_both]
async fn the_new_address_confirms_and_the_old_one_can_undo(app: TestApp) {
    let ada = somebody(&app, "Ada").await;
    request(&ada, "new@example.org", "tin drum rolling").await.at("/requestEmailChange/email").as_str().unwrap();
    let letters = app.letters().await;
    assert_eq!((letters[0].to.as_str(), letters[0].path()), ("new@example.org", "/confirm-email-change"));
    assert_eq!(email(&ada).await, "ada@example.org");
    let confirmed = by_token(&app, "confirmEmailChange", letters[0].token()).await;
    assert_eq!(*confirmed.data(), json!({"confirmEmailChange": {"email": "new@example.org", "userErrors": []}}));
    assert_eq!(email(&ada).await, "new@example.org");
    assert_eq!(by_token(&app, "confirmEmailChange", letters[0].token()).await.user_errors(), ["TOKEN_INVALID"]);
    let letters = app.letters().await;
    assert_eq!((letters[0].to.as_str(), letters[0].path()), ("ada@example.org", "/undo-email-change"));
    let undone = by_token(&app, "undoEmailChange", letters[0].token()).await;
    assert_eq!(*undone.data(), json!({"undoEmailChange": {"email": "ada@example.org", "userErrors": []}}));
    // Whoever did it is out, and the owner sets a new password.
    let now = app.world.now();
    assert!(accounts::authenticate(app.db(), &ada.tokens.access, now).await.unwrap().is_none());
    let letters = app.letters().await;
    assert_eq!((letters[0].to.as_str(), letters[0].path()), ("ada@example.org", "/reset-password"));
}

#[on_both]
async fn it_takes_the_password_and_another_address(app: TestApp) {
    let ada = somebody(&app, "Ada").await;
    for (address, password, code, field) in [
        ("new@example.org", "wrong password", "PASSWORD_WRONG", "password"),
        ("no address", "tin drum rolling", "EMAIL_INVALID", "email"),
        ("ada@example.org", "tin drum rolling", "EMAIL_SAME", "email"),
    ] {
        let answer = request(&ada, address, password).await;
        let refused = json!([{"code": code, "field": ["input", field]}]);
        assert_eq!(*answer.at("/requestEmailChange/userErrors"), refused);
    }
    assert_eq!(app.letters().await.len(), 0);
}

/// Who has an address is told by mail, who asks is not.
#[on_both]
async fn an_address_that_has_an_account_stays_with_it(app: TestApp) {
    let (ada, _) = (somebody(&app, "Ada").await, somebody(&app, "Bea").await);
    let free = request(&ada, "free@example.org", "tin drum rolling").await;
    let confirm = app.letters().await[0].token().to_string();
    let taken = request(&ada, "bea@example.org", "tin drum rolling").await;
    assert_eq!(free.at("/requestEmailChange/userErrors"), taken.at("/requestEmailChange/userErrors"));
    let letters = app.letters().await;
    assert_eq!((letters[0].to.as_str(), letters[0].path()), ("bea@example.org", "/reset-password"));
    // Somebody registers with the address before the link is followed.
    let register = "mutation { register(input: {email: \"free@example.org\", password: \"tin drum rolling\"}) { userErrors { code } } }";
    app.ask(register).await.data();
    assert_eq!(by_token(&app, "confirmEmailChange", &confirm).await.user_errors(), ["EMAIL_TAKEN"]);
    assert_eq!(email(&ada).await, "ada@example.org");
}

#[on_both]
async fn addresses_that_look_alike_are_one(app: TestApp) {
    let register = "mutation ($email: EmailAddress!) { register(input: {email: $email, password: \"tin drum rolling\"}) { userErrors { code } } }";
    for email in ["ada@exämple.org", "ADA@xn--exmple-cua.org", "ａｄａ@exämple.org"] {
        app.ask_as(&Viewer::Anonymous, register, json!({"email": email})).await.data();
    }
    let letters = app.letters().await;
    let mut paths: Vec<&str> = letters.iter().map(|letter| letter.path()).collect();
    paths.sort_unstable();
    assert_eq!(paths, ["/reset-password", "/reset-password", "/verify-email"]);
    let login = "mutation { login(input: {email: \"Ada@EXÄMPLE.org\", password: \"tin drum rolling\"}) { outcome { __typename } } }";
    assert_eq!(app.ask(login).await.at("/login/outcome/__typename"), "Session");
}

/// The token of the one letter of this kind.
async fn token_of(app: &TestApp, to: &str, path: &str) -> String {
    let letters = app.letters().await;
    let letter = letters.iter().find(|letter| letter.to == to && letter.text.contains(path));
    letter.unwrap_or_else(|| panic!("no letter to {to} with {path} in {letters:?}")).token().to_string()
}

/// Moves the account; answers the token by which the old address can undo that.
async fn moves(app: &TestApp, person: &Person, to: &str) -> String {
    let old = email(person).await;
    request(person, to, "tin drum rolling").await.at("/requestEmailChange/email").as_str().unwrap();
    let confirm = token_of(app, to, "/confirm-email-change").await;
    assert_eq!(by_token(app, "confirmEmailChange", &confirm).await.user_errors(), [""; 0]);
    token_of(app, &old, "/undo-email-change").await
}

async fn register(app: &TestApp, email: &str) -> Answer {
    let register = "mutation ($email: EmailAddress!) { register(input: {email: $email, password: \"tin drum rolling\", fullName: \"Buy pills\"}) { email userErrors { code } } }";
    app.ask_as(&Viewer::Anonymous, register, json!({"email": email})).await
}

async fn login(app: &TestApp, email: &str) -> Answer {
    let login = "mutation ($email: EmailAddress!) { login(input: {email: $email, password: \"tin drum rolling\"}) { outcome { __typename } userErrors { code } } }";
    app.ask_as(&Viewer::Anonymous, login, json!({"email": email})).await
}

/// Else a thief would make the change for good.
#[on_both]
async fn an_address_that_can_be_gone_back_to_is_nobody_elses(app: TestApp) {
    let (ada, eve) = (somebody(&app, "Ada").await, somebody(&app, "Eve").await);
    request(&eve, "free@example.org", "tin drum rolling").await.data();
    let eves = token_of(&app, "free@example.org", "/confirm-email-change").await;
    let undo = moves(&app, &ada, "free@example.org").await;
    app.world.pass(Duration::minutes(1));
    moves(&app, &ada, "far@example.org").await;
    // The answer is as ever; there is no account, and so nobody to write to.
    for address in ["ada@example.org", "ADA@example.org", "free@example.org"] {
        let answer = register(&app, address).await;
        assert_eq!(*answer.at("/register"), json!({"email": address, "userErrors": []}));
        assert_eq!(login(&app, address).await.user_errors(), ["INVALID_CREDENTIALS"]);
    }
    request(&eve, "ada@example.org", "tin drum rolling").await.at("/requestEmailChange/email").as_str().unwrap();
    assert_eq!(app.letters().await.len(), 0);
    assert_eq!(by_token(&app, "confirmEmailChange", &eves).await.user_errors(), ["EMAIL_TAKEN"]);
    let undone = by_token(&app, "undoEmailChange", &undo).await;
    assert_eq!(undone.at("/undoEmailChange/email"), "ada@example.org");
    app.letters().await;
    // What was passed through since is free again; what has been left for good is free after a week.
    register(&app, "free@example.org").await.data();
    token_of(&app, "free@example.org", "/verify-email").await;
    let bea = somebody(&app, "Bea").await;
    moves(&app, &bea, "elsewhere@example.org").await;
    app.world.pass(Duration::days(7));
    register(&app, "bea@example.org").await.data();
    token_of(&app, "bea@example.org", "/verify-email").await;
    app.app.write_as_system(accounts::purge_tokens).await.unwrap();
    assert!(!crate::dump::dump(&app).await.contains("held_addresses."));
}

#[on_both]
async fn an_older_undo_outranks_a_newer(app: TestApp) {
    let ada = somebody(&app, "Ada").await;
    let to_ada = moves(&app, &ada, "thief@example.org").await;
    app.world.pass(Duration::minutes(1));
    let to_thief = moves(&app, &ada, "second@example.org").await;
    // The thief undoes their own last change.
    let undone = by_token(&app, "undoEmailChange", &to_thief).await;
    assert_eq!(undone.at("/undoEmailChange/email"), "thief@example.org");
    let undone = by_token(&app, "undoEmailChange", &to_ada).await;
    assert_eq!(undone.at("/undoEmailChange/email"), "ada@example.org");
    assert_eq!(by_token(&app, "undoEmailChange", &to_thief).await.user_errors(), ["TOKEN_INVALID"]);
}

#[on_both]
async fn a_newer_undo_is_over_with_an_older(app: TestApp) {
    let ada = somebody(&app, "Ada").await;
    let to_ada = moves(&app, &ada, "thief@example.org").await;
    app.world.pass(Duration::minutes(1));
    let to_thief = moves(&app, &ada, "second@example.org").await;
    by_token(&app, "undoEmailChange", &to_ada).await.at("/undoEmailChange/email").as_str().unwrap();
    assert_eq!(by_token(&app, "undoEmailChange", &to_thief).await.user_errors(), ["TOKEN_INVALID"]);
}

#[on_both]
async fn a_new_password_voids_what_was_asked_for_with_the_old(app: TestApp) {
    let ada = somebody(&app, "Ada").await;
    let asks = async || {
        request(&ada, "thief@example.org", "tin drum rolling").await.at("/requestEmailChange/email").as_str().unwrap();
    };
    let change = "mutation ($old: String!, $new: String!) { changePassword(input: {currentPassword: $old, newPassword: $new}) { userErrors { code } } }";
    let change = async |old: &str, new: &str| ada.ask_with(change, json!({"old": old, "new": new})).await;
    let no_letter = async || {
        assert!(app.letters().await.iter().all(|letter| letter.to == "ada@example.org"));
    };
    // The letter has not gone out yet.
    asks().await;
    assert_eq!(change("tin drum rolling", "another drum").await.user_errors(), [""; 0]);
    no_letter().await;
    assert_eq!(change("another drum", "tin drum rolling").await.user_errors(), [""; 0]);
    // It has, and the same is true of one for a new password.
    asks().await;
    let confirm = token_of(&app, "thief@example.org", "/confirm-email-change").await;
    let reset = "mutation { requestPasswordReset(input: {email: \"ada@example.org\"}) { userErrors { code } } }";
    app.ask(reset).await.data();
    let stolen = token_of(&app, "ada@example.org", "/reset-password").await;
    assert_eq!(change("tin drum rolling", "another drum").await.user_errors(), [""; 0]);
    assert_eq!(change("another drum", "tin drum rolling").await.user_errors(), [""; 0]);
    assert_eq!(by_token(&app, "confirmEmailChange", &confirm).await.user_errors(), ["TOKEN_INVALID"]);
    let new_password = "mutation ($token: String!) { resetPassword(input: {token: $token, newPassword: \"third drum rolling\"}) { userErrors { code } } }";
    let resets = async |token: &str| app.ask_as(&Viewer::Anonymous, new_password, json!({"token": token})).await;
    assert_eq!(resets(&stolen).await.user_errors(), ["TOKEN_INVALID"]);
    // A new password by letter does as well.
    app.ask(reset).await.data();
    let token = token_of(&app, "ada@example.org", "/reset-password").await;
    asks().await;
    assert_eq!(resets(&token).await.user_errors(), [""; 0]);
    no_letter().await;
}

#[on_both]
async fn the_link_is_good_for_a_day_from_the_asking(app: TestApp) {
    let ada = somebody(&app, "Ada").await;
    request(&ada, "new@example.org", "tin drum rolling").await.data();
    app.world.pass(Duration::hours(23));
    let confirm = token_of(&app, "new@example.org", "/confirm-email-change").await;
    app.world.pass(Duration::hours(1));
    assert_eq!(by_token(&app, "confirmEmailChange", &confirm).await.user_errors(), ["TOKEN_INVALID"]);
    request(&ada, "new@example.org", "tin drum rolling").await.data();
    app.world.pass(Duration::hours(24));
    assert_eq!(app.letters().await.len(), 0);
}

#[on_both]
async fn going_back_leaves_a_thief_nothing(app: TestApp) {
    let ada = somebody(&app, "Ada").await;
    let undo = moves(&app, &ada, "thief@example.org").await;
    app.world.pass(Duration::minutes(1));
    let secret = ada.creates_token(&[]).await;
    let start = "mutation { startTotp(input: {password: \"tin drum rolling\"}) { secret userErrors { code } } }";
    let totp = ada.ask(start).await.at("/startTotp/secret").as_str().unwrap().to_string();
    let confirm = "mutation ($code: String!) { confirmTotp(input: {code: $code}) { user { twoFactorEnabled } userErrors { code } } }";
    let code = super::two_factor::code(&app, &totp);
    assert_eq!(ada.ask_with(confirm, json!({"code": code})).await.at("/confirmTotp/user/twoFactorEnabled"), true);
    assert_eq!(login(&app, "thief@example.org").await.at("/login/outcome/__typename"), "TwoFactorChallenge");
    let delete = "mutation { requestAccountDeletion(input: {password: \"tin drum rolling\"}) { deletion { dueAt } userErrors { code } } }";
    ada.ask(delete).await.at("/requestAccountDeletion/deletion/dueAt").as_str().unwrap();

    assert_eq!(by_token(&app, "undoEmailChange", &undo).await.user_errors(), [""; 0]);
    assert!(app.viewer_of(&secret).await.is_none() && app.viewer_of(&ada.tokens.access).await.is_none());
    // The thief knew the password.
    assert_eq!(login(&app, "ada@example.org").await.user_errors(), ["INVALID_CREDENTIALS"]);
    let token = token_of(&app, "ada@example.org", "/reset-password").await;
    let reset = "mutation ($token: String!) { resetPassword(input: {token: $token, newPassword: \"tin drum rolling\"}) { userErrors { code } } }";
    app.ask_as(&Viewer::Anonymous, reset, json!({"token": token})).await.data();
    assert_eq!(login(&app, "ada@example.org").await.at("/login/outcome/__typename"), "Session");
    let tables = crate::dump::dump(&app).await;
    for gone in ["totp_secrets.", "recovery_codes.", "two_factor_challenges.", "account_deletions."] {
        assert!(!tables.contains(gone), "{gone}");
    }
    app.world.pass(Duration::days(15));
    app.letters().await;
    assert_eq!(login(&app, "ada@example.org").await.at("/login/outcome/__typename"), "Session");
}

/// What was set up before the change was the owner's.
#[on_both]
async fn going_back_keeps_the_second_factor_of_before(app: TestApp) {
    let ada = somebody(&app, "Ada").await;
    let start = "mutation { startTotp(input: {password: \"tin drum rolling\"}) { secret userErrors { code } } }";
    let totp = ada.ask(start).await.at("/startTotp/secret").as_str().unwrap().to_string();
    let confirm =
        "mutation ($code: String!) { confirmTotp(input: {code: $code}) { recoveryCodes userErrors { code } } }";
    let code = super::two_factor::code(&app, &totp);
    assert_eq!(ada.ask_with(confirm, json!({"code": code})).await.user_errors(), [""; 0]);
    app.letters().await;
    app.world.pass(Duration::minutes(1));
    let undo = moves(&app, &ada, "thief@example.org").await;
    assert_eq!(by_token(&app, "undoEmailChange", &undo).await.user_errors(), [""; 0]);
    let tables = crate::dump::dump(&app).await;
    assert!(tables.contains("totp_secrets.") && tables.contains("recovery_codes."));
}

/// Neither a mailbox of somebody else's is filled, nor is it written to in our name.
#[on_both]
async fn letters_to_strangers_are_few_and_name_nobody(app: TestApp) {
    let ada = somebody(&app, "Ada").await;
    ada.ask("mutation { updateProfile(input: {fullName: \"Buy pills\"}) { userErrors { code } } }").await.data();
    for n in 0..5 {
        request(&ada, &format!("{n}@example.org"), "tin drum rolling")
            .await
            .at("/requestEmailChange/email")
            .as_str()
            .unwrap();
    }
    assert_eq!(request(&ada, "5@example.org", "tin drum rolling").await.codes(), ["RATE_LIMITED"]);
    for _ in 0..10 {
        register(&app, "stranger@example.org").await.data();
    }
    assert_eq!(register(&app, "stranger@example.org").await.codes(), ["RATE_LIMITED"]);
    let letters = app.letters().await;
    assert_eq!(letters.len(), 15);
    for letter in letters {
        assert!(!letter.text.contains("Buy pills") && !letter.subject.contains("Buy pills"), "{letter:?}");
    }
    assert_eq!(*ada.ask("{ me { fullName } }").await.at("/me/fullName"), Value::from("Buy pills"));
}
