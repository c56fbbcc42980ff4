//! What browsers are told not to do, on every answer.

use gateway::school::School;
use reqwest::{Method, Response};
use testkit::{Server, TestApp, on_both};

const PATHS: [&str; 14] = [
    "/",
    "/graphql",
    "/graphql?query={__typename}",
    "/graphiql/graphiql.js",
    "/graphiql/nothing.js",
    "/healthz",
    "/readyz",
    "/schema.graphql",
    "/nothing",
    "/certificates/NOTHING",
    "/certificates/NOTHING.pdf",
    "/.well-known/jwks.json",
    "/files/nothing/a.png",
    "/pictures/nothing",
];

fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).map_or_else(String::new, |value| value.to_str().unwrap().to_string())
}

#[on_both]
async fn every_answer_tells_browsers_to_be_careful(app: TestApp) {
    let server = Server::start(&app).await;
    for path in PATHS {
        for method in [Method::GET, Method::POST, Method::OPTIONS, Method::DELETE] {
            let answer = server.client.request(method.clone(), format!("{}{path}", server.url)).send().await.unwrap();
            let about = format!("{method} {path} {}", answer.status());
            assert_eq!(header(&answer, "x-content-type-options"), "nosniff", "{about}");
            assert_eq!(header(&answer, "referrer-policy"), "no-referrer", "{about}");
            assert!(header(&answer, "content-security-policy").contains("default-src 'none'"), "{about}");
            assert_eq!(answer.headers().get_all("content-security-policy").iter().count(), 1, "{about}");
            // Over plain HTTP it would mean nothing.
            assert_eq!(header(&answer, "strict-transport-security"), "", "{about}");
            assert!(!header(&answer, "x-request-id").is_empty() && header(&answer, "server").is_empty(), "{about}");
        }
    }
    server.stop().await;
}

#[on_both]
async fn a_school_that_is_reached_by_tls_is_reached_by_nothing_else(app: TestApp) {
    let secure = app.tuned(|app| app.school = School::new("Lectern", "https://api.school.example").unwrap());
    let server = Server::start(&secure).await;
    for path in PATHS {
        let said = header(&server.get(path).await, "strict-transport-security");
        assert_eq!(said, "max-age=63072000", "{path}");
    }
    server.stop().await;
}
