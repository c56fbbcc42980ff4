//! What caches on the way are told.

use reqwest::{Response, StatusCode, header};
use serde_json::json;
use testkit::{Server, TestApp, on_both};

async fn get(server: &Server, query: &str, headers: &[(header::HeaderName, &str)]) -> Response {
    let mut request = server.client.get(format!("{}/graphql", server.url)).query(&[("query", query)]);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    request.send().await.unwrap()
}

fn control(response: &Response) -> &str {
    response.headers()[header::CACHE_CONTROL].to_str().unwrap()
}

#[on_both]
async fn what_everybody_may_see_is_kept_as_long_as_its_shortest_part(app: TestApp) {
    let server = Server::start(&app).await;
    for (query, wanted) in [
        ("{ courses { totalCount } }", "public, max-age=30"),
        ("{ categoryTree { category { id } } }", "public, max-age=300"),
        (
            "{ categoryTree { category { id } } popularCourses { nodes { id } } courses { totalCount } }",
            "public, max-age=30",
        ),
        ("{ verifyCertificate(serial: \"x\") { __typename } }", "private, no-store"),
        ("{ courses { totalCount } node(id: \"x\") { id } }", "private, no-store"),
        ("{ __typename }", "private, no-store"),
        ("{ course { id } }", "private, no-store"),
        ("{", "private, no-store"),
    ] {
        let response = get(&server, query, &[]).await;
        assert_eq!(control(&response), wanted, "{query}");
        assert_eq!(response.headers().contains_key(header::ETAG), wanted.starts_with("public"), "{query}");
        let vary: Vec<_> =
            response.headers().get_all(header::VARY).iter().map(|value| value.to_str().unwrap()).collect();
        let vary = vary.join(", ");
        assert!(["accept", "authorization", "cookie"].iter().all(|name| vary.contains(name)), "{vary}");
    }
    let by_post = server.post(&json!({"query": "{ courses { totalCount } }"})).await;
    assert_eq!(control(&by_post), "private, no-store");
    server.stop().await;
}

#[on_both]
async fn what_somebody_may_see_is_kept_by_nobody(app: TestApp) {
    let ada = app.student("Ada").await;
    let server = Server::start(&app).await;
    let token = format!("Bearer {}", ada.tokens.access);
    for authorization in [token.as_str(), "Bearer wrong"] {
        let response = get(&server, "{ courses { totalCount } }", &[(header::AUTHORIZATION, authorization)]).await;
        assert_eq!(control(&response), "private, no-store");
        assert!(!response.headers().contains_key(header::ETAG));
    }
    server.stop().await;
}

#[on_both]
async fn who_has_the_answer_is_not_sent_it_again(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    tomas.publishes("Rust").await;
    let server = Server::start(&app).await;
    let query = "{ courses { nodes { title } } }";
    let first = get(&server, query, &[]).await;
    let tag = first.headers()[header::ETAG].to_str().unwrap().to_string();
    for given in [tag.clone(), format!("\"other\", {tag}"), tag.trim_start_matches("W/").to_string(), "*".into()] {
        let same = get(&server, query, &[(header::IF_NONE_MATCH, &given)]).await;
        assert_eq!((same.status(), control(&same)), (StatusCode::NOT_MODIFIED, "public, max-age=30"), "{given}");
        assert_eq!(
            (same.headers()[header::ETAG].to_str().unwrap(), same.content_length().unwrap_or(0)),
            (tag.as_str(), 0)
        );
    }
    tomas.publishes("Go").await;
    let changed = get(&server, query, &[(header::IF_NONE_MATCH, &tag)]).await;
    assert_eq!(changed.status(), StatusCode::OK);
    assert_ne!(changed.headers()[header::ETAG].to_str().unwrap(), tag);
    server.stop().await;
}
