//! How browsers keep a session: in cookies, and never without our header.

use accounts::user_session;
use kernel::Live;
use reqwest::{Method, Response, StatusCode, header};
use serde_json::{Value, json};
use testkit::{Server, TestApp, on_both};

use super::socket::{PROTOCOL, connect, receive, send};

const GUARD: (&str, &str) = ("x-lectern-csrf", "1");
const ACCESS: &str = "__Host-lectern_access";
const REFRESH: &str = "__Host-lectern_refresh";

const LOGIN: &str =
    "mutation { login(input: {email: \"ada@example.org\", password: \"correct horse\", delivery: COOKIES}) {
  outcome { ... on Session { accessToken refreshToken expiresAt user { email } } } userErrors { code } } }";
const REFRESH_BY_COOKIE: &str =
    "mutation { refreshSession(input: {}) { session { accessToken refreshToken } userErrors { code field } } }";
const ME: &str = "{ me { email } }";
const LOGOUT: &str = "mutation { logout { userErrors { code } } }";

/// What the browser keeps, by name.
#[derive(Clone, Default)]
struct Browser {
    cookies: Vec<(String, String)>,
}

struct Heard {
    status: StatusCode,
    set: Vec<String>,
    body: Value,
}

impl Heard {
    #[track_caller]
    fn code(&self) -> &str {
        self.body["errors"][0]["extensions"]["code"].as_str().unwrap_or_else(|| panic!("{}", self.body))
    }
}

impl Browser {
    /// POSTs with its cookies and these headers, and keeps the cookies it is given.
    async fn posts(&mut self, server: &Server, headers: &[(&str, &str)], query: &str) -> Heard {
        let request = server.client.post(format!("{}/graphql", server.url)).json(&json!({"query": query}));
        self.sends(request, headers).await
    }

    async fn sends(&mut self, mut request: reqwest::RequestBuilder, headers: &[(&str, &str)]) -> Heard {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.keeps(request.send().await.unwrap()).await
    }

    async fn keeps(&mut self, response: Response) -> Heard {
        let set = response.headers().get_all(header::SET_COOKIE).into_iter();
        let set: Vec<String> = set.map(|cookie| cookie.to_str().unwrap().to_string()).collect();
        for cookie in &set {
            let (name, rest) = cookie.split_once('=').unwrap();
            let (value, attributes) = rest.split_once("; ").unwrap();
            self.cookies.retain(|(kept, _)| kept != name);
            if !attributes.contains("Max-Age=0") {
                self.cookies.push((name.into(), value.into()));
            }
        }
        Heard { status: response.status(), set, body: response.json().await.unwrap() }
    }

    fn cookie(&self, name: &str) -> &str {
        &self.cookies.iter().find(|(kept, _)| kept == name).unwrap().1
    }

    fn forgets(&mut self, name: &str) {
        self.cookies.retain(|(kept, _)| kept != name);
    }
}

async fn register(app: &TestApp) {
    let query = "mutation { register(input: {email: \"ada@example.org\", password: \"correct horse\"}) { userErrors { code } } }";
    assert!(app.ask(query).await.user_errors().is_empty());
}

async fn signed_in(app: &TestApp, server: &Server) -> Browser {
    register(app).await;
    let mut browser = Browser::default();
    let heard = browser.posts(server, &[GUARD], LOGIN).await;
    assert_eq!((heard.status, browser.cookies.len()), (StatusCode::OK, 2), "{}", heard.body);
    browser
}

#[on_both]
async fn the_tokens_come_as_cookies_and_nowhere_else(app: TestApp) {
    let server = Server::start(&app).await;
    register(&app).await;
    let mut browser = Browser::default();
    let heard = browser.posts(&server, &[GUARD], LOGIN).await;
    let session = json!({"accessToken": null, "refreshToken": null, "expiresAt": "2026-07-01T12:15:00+00:00", "user": {"email": "ada@example.org"}});
    assert_eq!(heard.body, json!({"data": {"login": {"outcome": session, "userErrors": []}}}));
    let (access, refresh) = (browser.cookie(ACCESS), browser.cookie(REFRESH));
    let attributes = |seconds: u32| format!("Path=/; Max-Age={seconds}; HttpOnly; Secure; SameSite=Lax");
    let wanted =
        [format!("{ACCESS}={access}; {}", attributes(900)), format!("{REFRESH}={refresh}; {}", attributes(2_592_000))];
    assert_eq!(heard.set, wanted);
    assert!(app.viewer_of(access).await.is_some() && app.viewer_of(refresh).await.is_none());
    let heard = browser.posts(&server, &[GUARD], ME).await;
    assert_eq!(heard.body, json!({"data": {"me": {"email": "ada@example.org"}}}));
    assert_eq!(heard.set, [""; 0]);
    // Without being asked for, cookies don't come.
    let tokens = LOGIN.replace(", delivery: COOKIES", "");
    let heard = Browser::default().posts(&server, &[GUARD], &tokens).await;
    assert!(heard.set.is_empty() && heard.body["data"]["login"]["outcome"]["accessToken"].is_string());
    server.stop().await;
}

#[on_both]
async fn without_our_header_cookies_do_nothing(app: TestApp) {
    let server = Server::start(&app).await;
    let mut browser = signed_in(&app, &server).await;
    let change = "mutation { updateProfile(input: {bio: \"Changed by a page elsewhere.\"}) { userErrors { code } } }";
    for accept in ["application/json", "application/graphql-response+json"] {
        for query in [ME, change, "{ courses { totalCount } }", LOGIN, REFRESH_BY_COOKIE, LOGOUT] {
            let heard = browser.posts(&server, &[("accept", accept)], query).await;
            assert_eq!((heard.status, heard.code()), (StatusCode::FORBIDDEN, "CSRF_PREVENTION"), "{query}");
            assert!(heard.set.is_empty() && heard.body.get("data").is_none(), "{query}");
        }
    }
    let get = || server.client.get(format!("{}/graphql", server.url)).query(&[("query", ME)]);
    let heard = browser.sends(get(), &[]).await;
    assert_eq!((heard.status, heard.code()), (StatusCode::FORBIDDEN, "CSRF_PREVENTION"));
    let heard = browser.sends(get(), &[GUARD]).await;
    assert_eq!(heard.body["data"]["me"]["email"], "ada@example.org");
    let heard = browser.posts(&server, &[GUARD], "{ me { bio sessions { totalCount } } }").await;
    assert_eq!(heard.body["data"]["me"], json!({"bio": "", "sessions": {"totalCount": 1}}));
    server.stop().await;
}

#[on_both]
async fn without_our_header_nobody_is_signed_in_by_cookies(app: TestApp) {
    let server = Server::start(&app).await;
    register(&app).await;
    let heard = Browser::default().posts(&server, &[], LOGIN).await;
    assert_eq!((heard.status, heard.code(), heard.set.len()), (StatusCode::FORBIDDEN, "CSRF_PREVENTION", 0));
    assert!(user_session::Entity::live().all(app.db().read()).await.unwrap().is_empty());
    // The refresh token alone is no better.
    let mut browser = Browser::default();
    browser.posts(&server, &[GUARD], LOGIN).await;
    browser.forgets(ACCESS);
    let heard = browser.posts(&server, &[], REFRESH_BY_COOKIE).await;
    assert_eq!((heard.status, heard.code(), heard.set.len()), (StatusCode::FORBIDDEN, "CSRF_PREVENTION", 0));
    let heard = browser.posts(&server, &[GUARD], REFRESH_BY_COOKIE).await;
    assert_eq!((heard.status, heard.set.len()), (StatusCode::OK, 2));
    server.stop().await;
}

#[on_both]
async fn a_refresh_replaces_the_cookies(app: TestApp) {
    let server = Server::start(&app).await;
    let mut browser = signed_in(&app, &server).await;
    let before = browser.clone();
    app.world.pass(chrono::Duration::minutes(20));
    // A dead cookie is heard of, and keeps nobody from refreshing.
    assert_eq!(browser.posts(&server, &[GUARD], ME).await.code(), "UNAUTHENTICATED");
    assert_eq!(browser.posts(&server, &[GUARD], "{ courses { totalCount } }").await.code(), "UNAUTHENTICATED");
    let heard = browser.posts(&server, &[GUARD], REFRESH_BY_COOKIE).await;
    let session = json!({"accessToken": null, "refreshToken": null});
    assert_eq!(heard.body, json!({"data": {"refreshSession": {"session": session, "userErrors": []}}}));
    assert!(before.cookie(ACCESS) != browser.cookie(ACCESS) && before.cookie(REFRESH) != browser.cookie(REFRESH));
    assert_eq!(browser.posts(&server, &[GUARD], ME).await.body["data"]["me"]["email"], "ada@example.org");
    // Another tab was faster: it is refused, and the cookies of the faster one stay.
    let heard = before.clone().posts(&server, &[GUARD], REFRESH_BY_COOKIE).await;
    let errors = |code: &str| json!([{"code": code, "field": ["input", "refreshToken"]}]);
    let just_used = json!({"session": null, "userErrors": errors("REFRESH_TOKEN_JUST_USED")});
    assert_eq!(heard.body["data"]["refreshSession"], just_used);
    assert!(heard.set.is_empty());
    let nothing = Browser::default().posts(&server, &[GUARD], REFRESH_BY_COOKIE).await;
    assert_eq!(nothing.body["data"]["refreshSession"]["userErrors"], errors("REFRESH_TOKEN_INVALID"));
    // A token in the input is answered in the body.
    let by_token = REFRESH_BY_COOKIE.replace("{}", &format!("{{refreshToken: \"{}\"}}", browser.cookie(REFRESH)));
    let heard = Browser::default().posts(&server, &[], &by_token).await;
    assert!(heard.set.is_empty() && heard.body["data"]["refreshSession"]["session"]["accessToken"].is_string());
    server.stop().await;
}

/// The browser drops the access cookie when its time is over: what is left must not pass for nobody.
#[on_both]
async fn who_is_left_with_the_refresh_cookie_hears_that_it_is_time_to_refresh(app: TestApp) {
    let server = Server::start(&app).await;
    let mut browser = signed_in(&app, &server).await;
    app.world.pass(chrono::Duration::minutes(20));
    browser.forgets(ACCESS);
    for query in [ME, "{ courses { totalCount } }", "{ categories { name } }"] {
        assert_eq!(browser.posts(&server, &[GUARD], query).await.code(), "UNAUTHENTICATED", "{query}");
        let heard = browser.posts(&server, &[], query).await;
        assert_eq!((heard.status, heard.code()), (StatusCode::FORBIDDEN, "CSRF_PREVENTION"), "{query}");
    }
    let mut other = browser.clone();
    let heard = browser.posts(&server, &[GUARD], REFRESH_BY_COOKIE).await;
    assert_eq!(heard.body["data"]["refreshSession"]["userErrors"], json!([]));
    assert_eq!(browser.posts(&server, &[GUARD], ME).await.body["data"]["me"]["email"], "ada@example.org");
    // Signing in and out work as well.
    let heard = other.clone().posts(&server, &[GUARD], LOGIN).await;
    assert_eq!((heard.body["data"]["login"]["userErrors"].clone(), heard.set.len()), (json!([]), 2));
    other.posts(&server, &[GUARD], LOGOUT).await;
    assert!(other.cookies.is_empty());
    server.stop().await;
}

#[on_both]
async fn a_dead_cookie_keeps_nobody_from_what_letters_are_for(app: TestApp) {
    let server = Server::start(&app).await;
    let mut browser = signed_in(&app, &server).await;
    app.world.pass(chrono::Duration::minutes(20));
    for access in [true, false] {
        if !access {
            browser.forgets(ACCESS);
        }
        let keep = "mutation { cancelAccountDeletion(input: {token: \"x\"}) { isCancelled userErrors { code } } }";
        let heard = browser.posts(&server, &[GUARD], keep).await;
        let payload = json!({"isCancelled": false, "userErrors": [{"code": "TOKEN_INVALID"}]});
        assert_eq!(heard.body["data"]["cancelAccountDeletion"], payload, "{}", heard.body);
    }
    server.stop().await;
}

#[on_both]
async fn signing_out_takes_the_cookies_away(app: TestApp) {
    let server = Server::start(&app).await;
    let mut browser = signed_in(&app, &server).await;
    let (mut other, access) = (browser.clone(), browser.cookie(ACCESS).to_string());
    let heard = browser.posts(&server, &[GUARD], LOGOUT).await;
    let gone = |name| format!("{name}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax");
    assert_eq!(heard.set, [gone(ACCESS), gone(REFRESH)]);
    assert_eq!(heard.body, json!({"data": {"logout": {"userErrors": []}}}));
    assert!(browser.cookies.is_empty() && app.viewer_of(&access).await.is_none());
    // Dead ones can be got rid of, too: no script could.
    let heard = other.posts(&server, &[GUARD], LOGOUT).await;
    assert_eq!((heard.body, other.cookies.len()), (json!({"data": {"logout": {"userErrors": []}}}), 0));
    assert_eq!(Browser::default().posts(&server, &[GUARD], LOGOUT).await.code(), "UNAUTHENTICATED");
    server.stop().await;
}

#[on_both]
async fn a_bearer_token_wins_over_cookies(app: TestApp) {
    let (server, eve) = (Server::start(&app).await, app.student("Eve").await);
    let mut browser = signed_in(&app, &server).await;
    let bearer = format!("Bearer {}", eve.tokens.access);
    let heard = browser.posts(&server, &[("authorization", &bearer)], ME).await;
    assert_eq!(heard.body["data"]["me"]["email"], "eve@example.org");
    let heard = browser.posts(&server, &[GUARD, ("authorization", "Bearer wrong")], ME).await;
    assert_eq!(heard.code(), "UNAUTHENTICATED");
    // It is her session that ends, not that of the cookies.
    let heard = browser.posts(&server, &[GUARD, ("authorization", &bearer)], LOGOUT).await;
    assert!(heard.set.is_empty() && heard.body.get("errors").is_none(), "{}", heard.body);
    let heard = browser.posts(&server, &[GUARD, ("authorization", &bearer)], LOGOUT).await;
    assert_eq!((heard.code(), heard.set.len()), ("UNAUTHENTICATED", 0));
    assert_eq!(browser.posts(&server, &[GUARD], ME).await.body["data"]["me"]["email"], "ada@example.org");
    server.stop().await;
}

#[on_both]
async fn what_somebody_sees_is_kept_out_of_caches(app: TestApp) {
    let server = Server::start(&app).await;
    let browser = signed_in(&app, &server).await;
    let get = || server.client.get(format!("{}/graphql", server.url)).query(&[("query", "{ courses { totalCount } }")]);
    let cookie = format!("{ACCESS}={}", browser.cookie(ACCESS));
    let mine = get().header(header::COOKIE, cookie).header(GUARD.0, GUARD.1).send().await.unwrap();
    assert_eq!(mine.headers()[header::CACHE_CONTROL], "private, no-store");
    let everybodys = get().send().await.unwrap();
    assert_eq!(everybodys.headers()[header::CACHE_CONTROL], "public, max-age=30");
    for response in [mine, everybodys] {
        let vary = response.headers().get_all(header::VARY).into_iter().map(|value| value.to_str().unwrap());
        let vary = vary.collect::<Vec<_>>().join(", ");
        assert!(["accept", "authorization", "cookie"].iter().all(|name| vary.contains(name)), "{vary}");
    }
    server.stop().await;
}

#[on_both]
async fn a_websocket_takes_the_cookie_of_our_own_pages(app: TestApp) {
    let server = Server::start(&app).await;
    let browser = signed_in(&app, &server).await;
    let cookie = format!("{ACCESS}={}", browser.cookie(ACCESS));
    let subscribe = |query: &str| json!({"id": "1", "type": "subscribe", "payload": {"query": query}});
    let own = server.url.clone();
    for (headers, wanted) in [
        (vec![PROTOCOL, ("cookie", &*cookie), ("origin", &*own)], json!("ada@example.org")),
        // Who does not say where the page is from is no browser.
        (vec![PROTOCOL, ("cookie", &*cookie)], Value::Null),
    ] {
        let mut socket = connect(&server, &headers).await.unwrap();
        send(&mut socket, json!({"type": "connection_init"})).await;
        assert_eq!(receive(&mut socket).await, json!({"type": "connection_ack"}));
        send(&mut socket, subscribe(ME)).await;
        assert_eq!(receive(&mut socket).await["payload"]["data"]["me"]["email"], wanted);
    }
    let elsewhere = [PROTOCOL, ("cookie", &*cookie), ("origin", "https://evil.example")];
    assert!(connect(&server, &elsewhere).await.is_err());
    server.stop().await;
}

#[on_both]
async fn over_a_websocket_no_cookies_are_set(app: TestApp) {
    let server = Server::start(&app).await;
    register(&app).await;
    let mut socket = connect(&server, &[PROTOCOL, ("x-lectern-csrf", "1")]).await.unwrap();
    send(&mut socket, json!({"type": "connection_init"})).await;
    receive(&mut socket).await;
    for (query, field) in [(LOGIN, "delivery"), (REFRESH_BY_COOKIE, "refreshToken")] {
        send(&mut socket, json!({"id": "1", "type": "subscribe", "payload": {"query": query}})).await;
        let error = receive(&mut socket).await["payload"]["errors"][0]["extensions"].clone();
        assert_eq!(error, json!({"code": "BAD_USER_INPUT", "field": ["input", field]}));
        assert_eq!(receive(&mut socket).await["type"], "complete");
    }
    assert!(user_session::Entity::live().all(app.db().read()).await.unwrap().is_empty());
    drop(socket);
    server.stop().await;
}

#[on_both]
async fn pages_of_configured_origins_may_send_cookies_and_our_header(app: TestApp) {
    let mut open = gateway::app::App::new(app.db().clone(), app.world.clone(), 1, &app.data).unwrap();
    open.cors_origins = vec!["https://school.example".into()];
    let mut there = app.clone();
    there.app = std::sync::Arc::new(open);
    let server = Server::start(&there).await;
    let preflight = server
        .client
        .request(Method::OPTIONS, format!("{}/graphql", server.url))
        .header(header::ORIGIN, "https://school.example")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type,x-lectern-csrf");
    let response = preflight.send().await.unwrap();
    let said = |name: &str| response.headers()[name].to_str().unwrap().to_string();
    assert_eq!(said("access-control-allow-origin"), "https://school.example");
    assert_eq!(said("access-control-allow-credentials"), "true");
    assert!(said("access-control-allow-headers").contains("x-lectern-csrf"));
    server.stop().await;
}

#[on_both]
async fn the_second_factor_begins_a_session_by_cookies_as_well(app: TestApp) {
    let server = Server::start(&app).await;
    let complete = "mutation { completeTwoFactor(input: {challengeToken: \"x\", code: \"123456\", delivery: COOKIES}) { session { accessToken } userErrors { code } } }";
    let heard = Browser::default().posts(&server, &[], complete).await;
    assert_eq!((heard.status, heard.code()), (StatusCode::FORBIDDEN, "CSRF_PREVENTION"));
    let heard = Browser::default().posts(&server, &[GUARD], complete).await;
    assert_eq!(heard.body["data"]["completeTwoFactor"]["userErrors"][0]["code"], "CHALLENGE_INVALID", "{}", heard.body);
    server.stop().await;
}
