use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use testkit::{Server, TestApp, on_both};

async fn json_of(response: reqwest::Response) -> Value {
    response.json().await.unwrap()
}

#[on_both]
async fn a_sign_in_and_a_request_with_its_token(app: TestApp) {
    let server = Server::start(&app).await;
    let register = json!({"query": "mutation { register(input: {email: \"ada@example.org\", password: \"correct horse\"}) { userErrors { code } } }"});
    server.post(&register).await;
    let login = json!({"query": "mutation { login(input: {email: \"ada@example.org\", password: \"correct horse\"}) { outcome { ... on Session { accessToken } } } }"});
    let session = json_of(server.post(&login).await).await;
    let token = session["data"]["login"]["outcome"]["accessToken"].as_str().unwrap();
    let me = json!({"query": "{ me { email sessions { nodes { ipAddress userAgent isCurrent } } } }"});
    let request = server
        .client
        .post(format!("{}/graphql", server.url))
        .bearer_auth(token)
        .header(header::USER_AGENT, "A test")
        .json(&me);
    let response = request.send().await.unwrap();
    assert!(response.headers().contains_key("x-request-id"));
    assert_eq!(json_of(response).await["data"]["me"]["email"], "ada@example.org");
    for authorization in ["Bearer wrong", "Basic YTpi", "nonsense"] {
        let request = server
            .client
            .post(format!("{}/graphql", server.url))
            .header(header::AUTHORIZATION, authorization)
            .header(header::ACCEPT, "application/graphql-response+json");
        let response = request.json(&json!({"query": "{ courses { totalCount } }"})).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
        assert_eq!(json_of(response).await["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    }
    server.stop().await;
}

#[on_both]
async fn statuses_follow_the_media_type(app: TestApp) {
    let server = Server::start(&app).await;
    for (accept, query, status) in [
        ("application/json", "{ __typename }", 200),
        ("application/json", "{ nope }", 200),
        ("application/json", "{ me { id } }", 200),
        ("application/graphql-response+json", "{ __typename }", 200),
        ("application/graphql-response+json", "{ nope }", 400),
        ("application/graphql-response+json", "{", 400),
        ("application/graphql-response+json", "{ me { id } }", 401),
        ("application/graphql-response+json", "{ course { id } }", 200),
        ("text/html", "{ __typename }", 406),
    ] {
        let request = server
            .client
            .post(format!("{}/graphql", server.url))
            .header(header::ACCEPT, accept)
            .json(&json!({"query": query}));
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), status, "{accept} {query}");
        if status != 406 {
            assert!(response.headers()[header::CONTENT_TYPE].to_str().unwrap().starts_with(accept));
        }
    }
    server.stop().await;
}

#[on_both]
async fn queries_run_by_get_and_nothing_else_does(app: TestApp) {
    let server = Server::start(&app).await;
    let get = |query: &'static [(&'static str, &'static str)]| {
        server.client.get(format!("{}/graphql", server.url)).query(query).send()
    };
    let answer = json_of(
        get(&[
            ("query", "query A($n: Int) { courses(first: $n) { totalCount } }"),
            ("variables", "{\"n\": 1}"),
            ("operationName", "A"),
        ])
        .await
        .unwrap(),
    )
    .await;
    assert_eq!(answer["data"]["courses"]["totalCount"], 0);
    let refused = get(&[("query", "mutation { logout { userErrors { code } } }")]).await.unwrap();
    // Nobody is signed in: that is said first.
    assert_eq!(json_of(refused).await["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    let refused = get(&[(
        "query",
        "mutation { register(input: {email: \"a@example.org\", password: \"correct horse\"}) { email } }",
    )])
    .await
    .unwrap();
    assert_eq!(
        (refused.status(), refused.headers()[header::ALLOW].to_str().unwrap()),
        (StatusCode::METHOD_NOT_ALLOWED, "POST")
    );
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let response = server.client.request(method, format!("{}/graphql", server.url)).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    }
    server.stop().await;
}

#[on_both]
async fn bodies_are_json_of_the_right_shape_and_not_too_large(app: TestApp) {
    let server = Server::start(&app).await;
    let post = |content_type: &'static str, body: String| {
        server
            .client
            .post(format!("{}/graphql", server.url))
            .header(header::CONTENT_TYPE, content_type)
            .body(body)
            .send()
    };
    for (content_type, body, status) in [
        ("text/plain", "{\"query\": \"{ __typename }\"}".to_string(), 415),
        ("application/x-www-form-urlencoded", "query={__typename}".into(), 415),
        ("application/json; charset=latin1", "{\"query\": \"{ __typename }\"}".into(), 415),
        ("application/json; charset=UTF-8", "{\"query\": \"{ __typename }\"}".into(), 200),
        ("application/json", "{".into(), 400),
        ("application/json", "[]".into(), 400),
        ("application/json", "{\"query\": 1}".into(), 400),
        ("application/json", "{\"query\": \"{ __typename }\", \"variables\": []}".into(), 400),
        ("application/json", "{\"query\": \"{ __typename }\", \"operationName\": {}}".into(), 400),
        ("application/json", "{\"query\": \"{ __typename }\", \"extensions\": \"\"}".into(), 400),
        ("application/json", format!("{{\"query\": \"{}\"}}", " ".repeat(1 << 20)), 413),
    ] {
        let response = post(content_type, body.clone()).await.unwrap();
        assert_eq!(response.status(), status, "{content_type} {}", &body[..body.len().min(60)]);
        let answer = json_of(response).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"].is_string(), status != 200);
    }
    server.stop().await;
}

#[on_both]
async fn browsers_get_the_page_from_our_own_files(app: TestApp) {
    let server = Server::start(&app).await;
    let page = server.get("/").await;
    let policy = page.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_string();
    assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"));
    let html = page.text().await.unwrap();
    assert!(html.contains("/graphiql/graphiql.js") && !html.contains("https://"), "{html}");
    let same = server
        .client
        .get(format!("{}/graphql", server.url))
        .header(header::ACCEPT, "text/html,*/*;q=0.8")
        .send()
        .await
        .unwrap();
    assert_eq!(same.text().await.unwrap(), html);
    for (file, content_type) in
        [("graphiql.js", "text/javascript; charset=utf-8"), ("graphiql.css", "text/css; charset=utf-8")]
    {
        let response = server.get(&format!("/graphiql/{file}")).await;
        assert_eq!(
            (response.status(), response.headers()[header::CONTENT_TYPE].to_str().unwrap()),
            (StatusCode::OK, content_type)
        );
    }
    for missing in ["/graphiql/nothing.js", "/graphiql/../Cargo.toml", "/graphiql/%2e%2e/index.html", "/nothing"] {
        assert_eq!(server.get(missing).await.status(), StatusCode::NOT_FOUND, "{missing}");
    }
    server.stop().await;
}

#[on_both]
async fn health_is_told(app: TestApp) {
    let server = Server::start(&app).await;
    assert_eq!(server.get("/healthz").await.status(), StatusCode::OK);
    assert_eq!(server.get("/readyz").await.status(), StatusCode::OK);
    sea_orm::ConnectionTrait::execute_unprepared(app.db().write(), "DELETE FROM seaql_migrations").await.unwrap();
    assert_eq!(server.get("/readyz").await.status(), StatusCode::SERVICE_UNAVAILABLE);
    let sdl = server.get("/schema.graphql").await.text().await.unwrap();
    assert!(sdl.contains("type Course implements Node"));
    server.stop().await;
}

#[on_both]
async fn a_request_id_is_taken_over_when_it_is_sane(app: TestApp) {
    let server = Server::start(&app).await;
    let ask = |id: &'static str| server.client.get(format!("{}/healthz", server.url)).header("x-request-id", id).send();
    assert_eq!(ask("abc-123").await.unwrap().headers()["x-request-id"], "abc-123");
    assert_ne!(ask("forged\tline").await.unwrap().headers()["x-request-id"], "forged\tline");
    server.stop().await;
}

#[on_both]
async fn other_origins_are_shut_out_unless_the_configuration_lets_them_in(app: TestApp) {
    let mut open = gateway::app::App::new(app.db().clone(), app.world.clone(), 1, &app.data).unwrap();
    open.cors_origins = vec!["https://school.example".into()];
    let mut app = app;
    app.app = std::sync::Arc::new(open);
    let server = Server::start(&app).await;
    let preflight = |origin: &'static str| {
        let request =
            server.client.request(Method::OPTIONS, format!("{}/graphql", server.url)).header(header::ORIGIN, origin);
        request
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type")
            .send()
    };
    assert_eq!(
        preflight("https://school.example").await.unwrap().headers()["access-control-allow-origin"],
        "https://school.example"
    );
    assert!(!preflight("https://evil.example").await.unwrap().headers().contains_key("access-control-allow-origin"));
    server.stop().await;
}

#[tokio::test]
async fn a_taken_address_is_told_before_anything_is_done() {
    let taken = gateway::commands::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let address = taken.local_addr().unwrap();
    let refused = gateway::commands::bind(address).await.unwrap_err().to_string();
    assert!(refused.contains(&address.to_string()) && refused.contains("--listen"), "{refused}");
}
