use kernel::{Viewer, World};
use serde_json::json;
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
