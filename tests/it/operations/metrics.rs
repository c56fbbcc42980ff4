//! The numbers that Prometheus reads, on an address of their own.

use gateway::commands;
use serde_json::json;
use testkit::{Server, TestApp, on_both};

use crate::gateway::socket;

const HIDDEN: &str = "query Whatever { me { id } }";

/// The address of the numbers; they are served until the test ends.
async fn observed(app: &TestApp) -> String {
    let listener = commands::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    commands::observe(app.app.clone(), listener, false);
    url
}

async fn numbers(server: &Server, url: &str) -> Vec<String> {
    let response = server.client.get(format!("{url}/metrics")).send().await.unwrap();
    let media_type = response.headers()["content-type"].to_str().unwrap();
    assert_eq!(media_type, "application/openmetrics-text; version=1.0.0; charset=utf-8");
    response.text().await.unwrap().lines().map(str::to_string).collect()
}

#[track_caller]
fn says(numbers: &[String], wanted: &str) {
    assert!(numbers.iter().any(|line| line == wanted), "{wanted} is not in {numbers:#?}");
}

#[on_both]
async fn operations_errors_sockets_connections_and_jobs_are_counted(app: TestApp) {
    let (server, url) = (Server::start(&app).await, observed(&app).await);
    for query in ["{ courses { totalCount } }", "query A { a: courses { totalCount } }", HIDDEN, "{ nonsense }", "{"] {
        server.post(&json!({"query": query})).await;
    }
    let open = socket::open(&server, json!({})).await;
    let told = numbers(&server, &url).await;
    for (kind, operation, outcome, count) in [
        ("query", "courses", "ok", 2),
        ("query", "me", "refused", 1),
        ("query", "none", "errors", 1),
        ("unknown", "unknown", "refused", 1),
    ] {
        let labels = format!("kind=\"{kind}\",operation=\"{operation}\",outcome=\"{outcome}\"");
        says(&told, &format!("lectern_operations_total{{{labels}}} {count}"));
    }
    for code in ["UNAUTHENTICATED", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED"] {
        says(&told, &format!("lectern_errors_total{{code=\"{code}\"}} 1"));
    }
    says(&told, "lectern_operation_duration_seconds_count{kind=\"query\",operation=\"courses\"} 2");
    says(&told, "lectern_http_responses_total{route=\"/graphql\",status=\"200\"} 5");
    says(&told, "lectern_open_sockets 1");
    says(&told, "lectern_jobs{state=\"queued\"} 0");
    says(&told, "lectern_job_lag_seconds 0.0");
    assert!(told.iter().any(|line| line.starts_with("lectern_database_connections{pool=")), "{told:#?}");
    drop(open);
    server.stop().await;
}

fn count(numbers: &[String], name: &str) -> u64 {
    numbers.iter().find_map(|line| line.strip_prefix(name)).map_or(0, |count| count.parse().unwrap())
}

/// Whoever asks can't make new names: there are as many as there are root fields.
#[on_both]
async fn names_that_clients_choose_are_no_labels(app: TestApp) {
    let (server, url) = (Server::start(&app).await, observed(&app).await);
    for n in 0..20 {
        server.post(&json!({"query": format!("query Made{n} {{ up{n}: courses {{ totalCount }} }}")})).await;
        server.get(&format!("/nothing/{n}")).await;
    }
    let told = numbers(&server, &url).await;
    says(&told, "lectern_operations_total{kind=\"query\",operation=\"courses\",outcome=\"ok\"} 20");
    says(&told, "lectern_http_responses_total{route=\"none\",status=\"404\"} 20");
    assert!(!told.iter().any(|line| line.contains("Made") || line.contains("nothing/")), "{told:#?}");
    server.stop().await;
}

#[on_both]
async fn kept_answers_are_counted_as_hits(app: TestApp) {
    let keeping = app.keeping_answers().await;
    let (server, url) = (Server::start(&keeping).await, observed(&keeping).await);
    // What the test's own rows changed may be heard after the first answer, which then is not kept.
    let mut hits = 0;
    for asked in 1..=20 {
        server.post(&json!({"query": "{ courses { totalCount } }"})).await;
        let told = numbers(&server, &url).await;
        hits = count(&told, "lectern_cached_answers_total{outcome=\"hit\"} ");
        assert_eq!(hits + count(&told, "lectern_cached_answers_total{outcome=\"miss\"} "), asked);
        if hits == 2 {
            break;
        }
    }
    assert_eq!(hits, 2);
    server.stop().await;
}

#[on_both]
async fn jobs_are_counted_by_how_they_end(app: TestApp) {
    let job = crate::jobs::PurgeJobs {};
    crate::jobs::enqueue(&app, job).await;
    crate::jobs::enqueue(&app, crate::jobs::Unknown {}).await;
    app.run_jobs().await;
    let (server, url) = (Server::start(&app).await, observed(&app).await);
    let told = numbers(&server, &url).await;
    says(&told, "lectern_jobs_ended_total{kind=\"purge_jobs\",outcome=\"done\"} 1");
    says(&told, "lectern_jobs{state=\"dead\"} 1");
    server.stop().await;
}

/// They say what a school does, so that they are not for everybody.
#[on_both]
async fn numbers_are_not_at_the_public_address(app: TestApp) {
    let server = Server::start(&app).await;
    assert_eq!(server.get("/metrics").await.status(), 404);
    server.stop().await;
}
